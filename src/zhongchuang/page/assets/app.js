import "htmx.org";
import "./drafts.js";
import "./session.js";

// After a part of the page is replaced, the keyboard and the screen reader continue at its heading.
document.addEventListener("htmx:afterSwap", (event) => {
  const heading = event.detail.target.querySelector("[data-focus]");
  if (heading) {
    heading.setAttribute("tabindex", "-1");
    heading.focus();
  }
});
