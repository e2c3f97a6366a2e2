// A box with a link becomes the player when somebody asks for it; nothing is fetched before.

for (const box of document.querySelectorAll("[data-player]")) {
  const play = box.querySelector("button");
  for (const hidden of box.querySelectorAll("[hidden]")) hidden.hidden = false;
  play.addEventListener("click", () => show(box));
}

function show(box) {
  const frame = document.createElement("iframe");
  frame.className = "embed__player";
  frame.title = box.dataset.title;
  frame.allow = "fullscreen; encrypted-media; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  // The box keeps the height that it has, whatever the player would like.
  box.style.height = `${box.offsetHeight}px`;
  box.classList.add("embed--playing");
  frame.src = box.dataset.player;
  box.replaceChildren(frame);
  frame.focus();
}
