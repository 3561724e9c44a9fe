// Builds the style sheet, the script and the icon sprite. Run by `npm run build`.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "..", "static", "page", "built");
const icons = join(here, "..", "..", "..", "..", "node_modules", "@tabler", "icons", "icons", "outline");

/** The oldest browsers that county offices still run. */
const target = ["chrome109", "firefox102"];

/** Pictures inside Bootstrap's style sheet become files: the security policy allows no data: addresses. */
function withoutDataAddresses(css) {
  return css.replace(/url\((["']?)data:image\/svg\+xml,(.*?)\1\)/g, (_, quote, text) => {
    const svg = decodeURIComponent(text.replaceAll('\\"', '"'));
    const name = `picture-${createHash("sha256").update(svg).digest("hex").slice(0, 8)}.svg`;
    writeFileSync(join(built, name), svg);
    return `url("${name}")`;
  });
}

async function bundle(name) {
  const result = await esbuild.build({
    entryPoints: [join(here, name)],
    bundle: true,
    minify: true,
    target,
    format: "iife",
    legalComments: "inline",
    logLevel: "warning",
    write: false,
  });
  return result.outputFiles[0].text;
}

function symbol(name) {
  const svg = readFileSync(join(icons, `${name}.svg`), "utf8");
  const paths = svg.match(/<path [^>]*>/g).filter((path) => !path.includes('d="M0 0h24v24H0z"'));
  return `<symbol id="i-${name}" viewBox="0 0 24 24">${paths.join("")}</symbol>`;
}

function sprite() {
  const names = readFileSync(join(here, "icons.txt"), "utf8").split(/\r?\n/).filter(Boolean);
  return `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("")}</svg>\n`;
}

rmSync(built, { recursive: true, force: true });
mkdirSync(built, { recursive: true });
writeFileSync(join(built, "app.css"), withoutDataAddresses(await bundle("app.css")));
writeFileSync(join(built, "app.js"), await bundle("app.js"));
writeFileSync(join(built, "sprite.svg"), sprite());
