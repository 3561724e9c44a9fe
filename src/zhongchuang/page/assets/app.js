import "htmx.org";
import "./articles.js";
import "./drafts.js";
import "./keys.js";
import "./menus.js";
import "./session.js";
import "./swaps.js";
