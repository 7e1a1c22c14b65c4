// What is pasted from Word or a web page becomes what texts here can have: lists of Word become lists, other headings the
// nearest allowed one, each row of a table a line. A sentence below the field says what was changed and what was lost.
import { Extension, Plugin } from "django-prose-editor/editor";

const BULLET = /^[\s\u00a0]*[·•▪◦‣§][\s\u00a0]+/;
const NUMBER = /^[\s(]*(\d{1,3}|[a-z]|[ivx]{1,5})[.)]/i;
const WORD_LIST = /mso-list:\s*l\d+\s+level(\d+)/i;
const LOST = {
  pictures: "img, picture, svg, canvas",
  media: "video, audio, iframe, object, embed",
  forms: "form, input, select, textarea, button",
};
const LOST_STYLE = "u, ins, s, strike, del, sub, sup, mark, code, pre";

// A browser reports each style attribute, handler and base of parsed HTML as a breach of the content security policy,
// though none of it runs there: they are renamed or taken out first.
const parse = (html) => {
  const bare = html
    .replace(/<(style|xml|script|title)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<!--[\s\S]*?-->|<!\[[^>]*>/g, "")
    .replace(/<base\b[^>]*>/gi, "")
    .replace(/<[^>]*>/g, (tag) => tag.replace(/(["'\s]|^<\w+\/)(style|on[a-z]+)\s*=/gi, "$1 data-$2="));
  return new DOMParser().parseFromString(bare, "text/html");
};
const styleOf = (node) => node.dataset.style || "";
const unwrap = (node) => node.replaceWith(...node.childNodes);
const rename = (node, name) => {
  const made = node.ownerDocument.createElement(name);
  made.append(...node.childNodes);
  node.replaceWith(made);
  return made;
};
const isEmpty = (node) => !node.textContent.replace(/\u00a0/g, " ").trim() && !node.querySelector("img, br + br, td");

const keepEmphasis = (body) => {
  for (const node of body.querySelectorAll("b, strong, i, em")) {
    if (/font-(weight|style):\s*(normal|400)/i.test(styleOf(node))) unwrap(node);
  }
  for (const node of body.querySelectorAll("span")) {
    if (/font-weight:\s*(bold|[6-9]00)/i.test(styleOf(node))) rename(node, "strong");
    else if (/font-style:\s*italic/i.test(styleOf(node))) rename(node, "em");
  }
};

// The level and kind of a paragraph that is an item of a list; null for others. Its bullet or number is removed.
const listItem = (node) => {
  const level = WORD_LIST.exec(styleOf(node));
  const marker = [...node.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(styleOf(span)));
  if (!level && !BULLET.test(node.textContent)) return null;
  const words = marker ? marker.textContent : node.textContent;
  if (marker) marker.remove();
  else removeStart(node, level ? /^[\s\u00a0]*([·•▪◦‣§]|\(?[0-9a-z]{1,3}[.)])[\s\u00a0]+/i : BULLET);
  return { level: level ? Number(level[1]) : 1, name: NUMBER.test(words) ? "ol" : "ul" };
};
const removeStart = (node, pattern) => {
  const found = pattern.exec(node.textContent);
  let left = found ? found[0].length : 0;
  const walker = node.ownerDocument.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (left && walker.nextNode()) {
    const part = walker.currentNode;
    const taken = Math.min(left, part.data.length);
    part.data = part.data.slice(taken);
    left -= taken;
  }
};

const makeLists = (body) => {
  const make = (name) => body.ownerDocument.createElement(name);
  let open = []; // the lists that the next item can continue, the outermost first
  for (const node of body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    const item = node.closest("li, td, th") ? null : listItem(node);
    if (!item) continue;
    if (open[0]?.list.nextElementSibling !== node) open = [];
    open = open.filter(({ level }) => level <= item.level);
    if (open.at(-1)?.level === item.level && open.at(-1).list.localName !== item.name) open.pop();
    if (open.at(-1)?.level !== item.level) {
      const list = make(item.name);
      if (open.length) open.at(-1).list.lastElementChild.append(list);
      else node.before(list);
      open.push({ list, level: item.level });
    }
    const [place, words] = [make("li"), make("p")];
    words.append(...node.childNodes);
    place.append(words);
    open.at(-1).list.append(place);
    node.remove();
  }
};

const changeHeadings = (body) => {
  const others = [...body.querySelectorAll("h1, h4, h5, h6")];
  for (const node of others) rename(node, node.localName === "h1" ? "h2" : "h3");
  return others.length;
};

const tablesToLines = (body) => {
  const tables = [...body.querySelectorAll("table")].reverse(); // an inner table before the one that holds it
  for (const table of tables) {
    const lines = [...table.rows].map((row) => {
      const line = body.ownerDocument.createElement("p");
      const cells = [...row.cells].filter((cell) => !isEmpty(cell));
      cells.forEach((cell, place) => {
        if (place) line.append(cells.length === 2 ? ": " : " · ");
        for (const block of cell.querySelectorAll("p, div, li, ul, ol, h2, h3, blockquote")) {
          block.append(" ");
          unwrap(block);
        }
        cell.lastChild?.nodeType === Node.TEXT_NODE && (cell.lastChild.data = cell.lastChild.data.trimEnd());
        line.append(...cell.childNodes);
      });
      return line;
    });
    const caption = table.caption && rename(table.caption, "p");
    table.replaceWith(...(caption ? [caption] : []), ...lines.filter((line) => !isEmpty(line)));
  }
  return tables.length;
};

const checkLinks = (body) => {
  const notes = { links: 0, secured: 0 };
  for (const link of body.querySelectorAll("a")) {
    const href = (link.getAttribute("href") || "").trim();
    if (/^http:\/\//i.test(href)) {
      link.setAttribute("href", href.replace(/^http/i, "https"));
      notes.secured += 1;
    } else if (!/^(https:\/\/|mailto:|tel:|\/(?!\/)|#[sp]\d)/i.test(href)) {
      notes.links += href ? 1 : 0;
      unwrap(link);
    }
  }
  return notes;
};

const remove = (body, selector) => {
  const found = [...body.querySelectorAll(selector)].filter((node) => !node.parentElement.closest(selector));
  for (const node of found) node.remove();
  return found.length;
};

const convert = (html) => {
  const { body } = parse(html);
  keepEmphasis(body);
  const styles = body.querySelectorAll(LOST_STYLE).length;
  const lost = Object.fromEntries(Object.entries(LOST).map(([name, selector]) => [name, remove(body, selector)]));
  makeLists(body);
  const headings = changeHeadings(body);
  const tables = tablesToLines(body);
  const { links, secured } = checkLinks(body);
  for (const node of body.querySelectorAll("p")) if (isEmpty(node)) node.remove();
  for (const node of body.querySelectorAll("[data-style]")) node.removeAttribute("data-style");
  return { html: body.innerHTML, changed: { tables, headings, secured }, lost: { ...lost, links, styles } };
};

const sentence = (words, begin, counts) => {
  const parts = Object.entries(counts).filter(([, number]) => number);
  return parts.length ? `${begin} ${parts.map(([name, number]) => `${words[name]} (${number})`).join(", ")}.` : "";
};

export const PasteCleaner = Extension.create({
  name: "pasteCleaner",
  addOptions() {
    return { words: {} };
  },
  onCreate() {
    const note = document.createElement("p");
    note.className = "help paste-note";
    note.setAttribute("role", "status");
    this.editor.options.element.append(note);
    this.storage.note = note;
  },
  addProseMirrorPlugins() {
    const { storage, options } = this;
    const transformPastedHTML = (html) => {
      if (/\sdata-pm-slice=/.test(html)) return html; // copied from a text in this editor
      const made = convert(html);
      const { words } = options;
      storage.note.textContent = [sentence(words, words.changed, made.changed), sentence(words, words.lost, made.lost)]
        .filter(Boolean)
        .join(" ");
      return made.html;
    };
    return [new Plugin({ props: { transformPastedHTML } })];
  },
});
