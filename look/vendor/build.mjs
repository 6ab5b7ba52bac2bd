// node build.mjs OUT: the widgets' Sass and scripts, the icons, our style sheet, htmx and the licences, into OUT.
// The output is committed; nothing is built at run time.
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import * as esbuild from "esbuild";
import postcss from "postcss";
import * as sass from "sass";

const MODULES = "node_modules";
const USWDS = `${MODULES}/@uswds/uswds`;
const OUT = process.argv[2];
const LAYERS = "@layer reset,uswds,base,layout,components,utilities;";

// Each color of the USWDS Sass becomes one of our tokens, so that it has every theme.
const TOKEN_OF = {
  "#fff": "--raise", white: "--raise",
  "#1b1b1b": "--ink", "#000": "--ink",
  "#454545": "--ink-2", "#3d4551": "--ink-2",
  "#565c65": "--ink-3", "#757575": "--ink-3", "#919191": "--ink-3", "#5d5d52": "--ink-3",
  "#71767a": "--edge", "#a9aeb1": "--edge",
  "#c9c9c9": "--line", "#c6cace": "--line", "#dfe1e2": "--line", "#e6e6e6": "--line",
  "#f0f0f0": "--sunk", "#f9f9f9": "--sunk",
  "#005ea2": "--link", "#0050d8": "--link", "#07648d": "--link",
  "#1a4480": "--link-2", "#162e51": "--link-2",
  "#28a0cb": "--focus", "#00bde3": "--focus", "#2491ff": "--focus",
  "#cfe8ff": "--info-bg", "#d9e8f6": "--info-bg",
  "#54278f": "--visited",
  "#b50909": "--stop", "#d83933": "--stop", "#8b0a03": "--stop",
  "#fa9441": "--warn", "#c05600": "--warn", "#775540": "--warn",
  "#00a91c": "--ok",
};

// The widgets' Sass brings rules of plain parts along. Those parts are ours: only rules about a widget stay.
const OWNED = /\.(usa-button|usa-input|usa-select|usa-textarea|usa-label|usa-hint|usa-form-group|usa-error-message|usa-icon|usa-legend|usa-fieldset|usa-checkbox|usa-radio|usa-table|usa-link|usa-tag)[\w-]*/;
const WIDGET = /\.(usa-combo-box|usa-file-input|usa-modal|usa-tooltip|usa-character-count|usa-js|is-)/;
const PLAIN = /^(html|body|\*|a|button|input|:root|::|\[)/;

const LICENSES = {
  "uswds.txt": `${USWDS}/LICENSE.md`,
  "htmx.txt": `${MODULES}/htmx.org/LICENSE`,
  "public-sans.txt": `${MODULES}/@fontsource-variable/public-sans/LICENSE`,
  "source-serif-4.txt": `${MODULES}/@fontsource-variable/source-serif-4/LICENSE`,
  "ibm-plex-mono.txt": `${MODULES}/@fontsource/ibm-plex-mono/LICENSE`,
};

function write(name, text) {
  fs.mkdirSync(path.dirname(`${OUT}/${name}`), { recursive: true });
  fs.writeFileSync(`${OUT}/${name}`, text);
}

function copy(from, to) {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.copyFileSync(from, to);
}

function withTokens(css) {
  const unknown = new Set();
  const swapped = css.replace(/url\([^)]*\)|(?<![\w-])(#[0-9a-f]{3,8}|white|black)(?![\w-])/g, (match, color) => {
    if (!color) return match; // inside url(...)
    if (TOKEN_OF[color]) return `var(${TOKEN_OF[color]})`;
    unknown.add(color);
    return match;
  });
  if (unknown.size) throw new Error(`colors with no token: ${[...unknown].join(" ")}`);
  return swapped;
}

function withoutOwnedRules(css) {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && /keyframes/.test(rule.parent.name)) return;
    const kept = rule.selectors.filter((one) => WIDGET.test(one) || !(OWNED.test(one) || PLAIN.test(one)));
    if (kept.length) rule.selectors = kept;
    else rule.remove();
  });
  root.walkAtRules((rule) => {
    if (rule.nodes && !rule.nodes.length) rule.remove();
  });
  return root.toString();
}

function buildWidgetStyles() {
  const compiled = sass.compile("widgets.scss", {
    loadPaths: [`${USWDS}/packages`],
    style: "compressed",
    logger: sass.Logger.silent,
  }).css;
  const bare = compiled.replace(/@font-face\{[^}]*\}/g, "").replace(/^\uFEFF/, "").replace(/@charset "[^"]*";/, "");
  const css = withoutOwnedRules(withTokens(bare)).replace(/font-family:[^;}]*(?=[;}])/g, "font-family:inherit");
  write("css/widgets.css", `${LAYERS}@layer uswds{${css}}\n`);
  const images = new Set([...css.matchAll(/url\("?\.\.\/img\/([^")]*)/g)].map((match) => match[1]));
  images.forEach((image) => copy(`${USWDS}/dist/img/${image}`, `${OUT}/img/${image}`));
}

async function buildOwnStyles() {
  const files = fs.readdirSync("css").filter((name) => name.endsWith(".css")).sort();
  const css = files.map((name) => fs.readFileSync(`css/${name}`, "utf8")).join("");
  const small = await esbuild.transform(css, { loader: "css", minifyWhitespace: true });
  write("css/look.css", `/* Made from look/vendor/css by vendor.sh */\n${small.code}`);
}

function buildSprite() {
  const names = fs.readFileSync("icons.txt", "utf8").split(/\s+/).filter(Boolean).sort();
  const symbols = names.map((name) => {
    const svg = fs.readFileSync(`${USWDS}/dist/img/usa-icons/${name}.svg`, "utf8");
    const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
    return `<symbol id="${name}" viewBox="${/viewBox="([^"]*)"/.exec(svg)[1]}">${body}</symbol>`;
  });
  write("img/icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);
  copy("favicon.svg", `${OUT}/img/favicon.svg`);
}

async function buildScripts() {
  await esbuild.build({
    entryPoints: ["widgets.js"],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    outfile: `${OUT}/js/widgets.js`,
  });
  copy(`${MODULES}/htmx.org/dist/htmx.min.js`, `${OUT}/js/htmx.min.js`);
  copy(`${MODULES}/axe-core/axe.min.js`, "test/axe.min.js");
  copy(`${MODULES}/axe-core/LICENSE`, "test/axe-core-license.txt");
}

buildWidgetStyles();
await buildOwnStyles();
buildSprite();
await buildScripts();
Object.entries(LICENSES).forEach(([name, from]) => copy(from, `${OUT}/licenses/${name}`));
for (const name of ["css/look.css", "css/widgets.css", "js/widgets.js", "js/htmx.min.js", "img/icons.svg"]) {
  console.log(name, zlib.gzipSync(fs.readFileSync(`${OUT}/${name}`), { level: 9 }).length, "bytes gzipped");
}
