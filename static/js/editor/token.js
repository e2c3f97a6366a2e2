// A fresh token against forgery for every form of the page: whoever logs in again gets another one.

/** Ask the server for it; nothing changes where it can't be asked, or the session has ended. */
export async function renew() {
  const place = document.querySelector("[data-token]");
  const response = await fetch(place.dataset.token, { headers: { Accept: "application/json" } });
  if (!response.ok || response.redirected) return;
  const { token } = await response.json();
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
}
