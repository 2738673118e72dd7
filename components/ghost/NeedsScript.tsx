/** For those without JavaScript: why there is nothing for them here. */
export function NeedsScript() {
  return (
    <noscript>
      <p class="mb-6 rounded bg-warn-soft px-4 py-3 font-semibold text-warn">
        Ghost rooms need JavaScript: their keys are made in the browser, and words are locked and opened
        there.
      </p>
    </noscript>
  );
}
