// Menus that open in place close with Escape, with a click beside them, and when the focus leaves them.
const MENUS = "details.person, details.menu";

function close(menu) {
  menu.open = false;
}

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.activeElement?.closest(MENUS);
  if (!menu?.open) return;
  close(menu);
  menu.querySelector("summary").focus();
});
for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const menu of document.querySelectorAll(MENUS)) if (!menu.contains(event.target)) close(menu);
  });
}
