// What is typed, in the browser's own database, until the server has confirmed that it has it.

const NAME = "newsroom-desk";
const STORE = "typed";

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => {
      const { result } = request;
      // A phone closes it while the page sleeps.
      result.onclose = reset;
      result.onversionchange = () => {
        result.close();
        reset();
      };
      resolve(result);
    };
    request.onerror = () => {
      reset();
      reject(request.error);
    };
  });
  return opened;
}

function reset() {
  opened = undefined;
}

/** Once more with another connection, if the one there was is dead. */
async function begin(mode) {
  const first = await database();
  try {
    return first.transaction(STORE, mode);
  } catch {
    reset();
    return (await database()).transaction(STORE, mode);
  }
}

async function act(mode, what) {
  const transaction = await begin(mode);
  const request = what(transaction.objectStore(STORE));
  // At once: a tab that is closed in this moment would take an open transaction with it.
  if (mode === "readwrite") transaction.commit();
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Keep `entry`, `{ key, user, serial, fields }`, in the place of an earlier one of that key. */
export const keep = (entry) => act("readwrite", (store) => store.put(entry));

/** Everything that was kept and never confirmed. */
export const all = () => act("readonly", (store) => store.getAll());

/** Forget the entry, unless something newer than `serial` has been typed since. */
async function forget(key, serial = Infinity) {
  const transaction = await begin("readwrite");
  const store = transaction.objectStore(STORE);
  const request = store.get(key);
  request.onsuccess = () => {
    if (request.result && request.result.serial <= serial) store.delete(key);
  };
  return new Promise((resolve) => {
    transaction.oncomplete = resolve;
    transaction.onabort = resolve;
  });
}

/** The same, in a browser that may keep nothing. */
export const drop = (key, serial) => forget(key, serial).catch(() => {});
