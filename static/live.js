// Keeps the landing page's lounge live: fetches the page again and puts the new conversation in place.
const SECONDS = 6;

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const shown = document.querySelector("[data-live]");
  const fresh = next.querySelector("[data-live]");
  if (shown && fresh && shown.innerHTML !== fresh.innerHTML) shown.replaceChildren(...fresh.childNodes);
}

if (document.querySelector("[data-live]")) setInterval(() => refresh().catch(() => {}), SECONDS * 1000);
