// A covered text shows itself when it is pressed, and stays open.

export function startSpoilers(host) {
  host.addEventListener("click", (event) => reveal(event));
  host.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") reveal(event);
  });
}

function reveal(event) {
  const cover = event.target.closest(".spoiler.covered[role=button]");
  if (!cover) return;
  event.preventDefault();
  event.stopPropagation();
  const inside = cover.querySelector(":scope > .inside");
  cover.classList.remove("covered");
  for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
  inside?.setAttribute("tabindex", "-1");
  inside?.focus({ preventScroll: true });
}
