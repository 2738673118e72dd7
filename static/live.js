// Keeps a part of the page live: fetches the page again and puts what is new there in place.
const SECONDS = 6;
const live = () => document.querySelector("[data-live]");

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const shown = live();
  const fresh = next.querySelector("[data-live]");
  if (shown && fresh && shown.innerHTML !== fresh.innerHTML) shown.replaceChildren(...fresh.childNodes);
  // Nothing left to wait for: the whole page says what can be done now.
  if (shown && !fresh) location.reload();
}

if (live()) setInterval(() => refresh().catch(() => {}), (Number(live().dataset.live) || SECONDS) * 1000);
