// One stream of desk events for the whole browser, whatever the number of tabs. The tab that holds the lock listens and
// passes on what it hears; when it closes, or breaks, the browser gives the lock to another. Where there are no locks
// (a page that is not served over https, nor from this machine) every tab listens for itself.

const AGAIN_MS = 5000;
const NAME = "hotline-desk";

// `hear` is told what has changed at the desk (kinds and cases), `lost` whether the stream is broken, `ended` that the server
// no longer wants this browser to listen.
export function listen(told) {
  const tabs = new BroadcastChannel(NAME);
  const tell = (word, value) => {
    told[word](value);
    tabs.postMessage({ word, value });
  };
  tabs.addEventListener("message", ({ data }) => told[data.word](data.value));
  if (!navigator.locks) return open((word, value) => told[word](value));
  navigator.locks.request(NAME, () => {
    open(tell);
    return new Promise(() => {}); // held for as long as the tab lives
  });
}

function open(tell) {
  const events = new EventSource("/console/events");
  events.onopen = () => tell("lost", false);
  events.onerror = () => {
    tell("lost", true);
    if (events.readyState !== EventSource.CLOSED) return; // the browser tries again
    tell("ended");
    setTimeout(() => open(tell), AGAIN_MS);
  };
  events.addEventListener("desk", (event) => tell("hear", JSON.parse(event.data)));
}
