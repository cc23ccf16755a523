// What a board's page does beyond its HTML, which needs none of it: it says how long ago a score
// was made, finds a country as it is typed, and takes in new scores.

const EVERY = 7_500; // milliseconds from look to look, give or take a third
const LONGEST = 120_000; // the same where no answer comes
const RECENT = 604_800; // seconds
const NAMED = 3; // changes told one by one

// How long ago, beside the time itself.
const spans = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
const relative = new Intl.RelativeTimeFormat(document.documentElement.lang, {
  numeric: "auto",
  style: "short",
});

function tellTimes() {
  for (const time of document.querySelectorAll("#rows time")) {
    const seconds = Math.max(0, (Date.now() - Date.parse(time.dateTime)) / 1_000);
    const [unit, size] = spans.find((each) => seconds >= each[1]) ?? spans.at(-1);
    const ago = time.parentElement.querySelector(".ago") ?? document.createElement("span");
    ago.className = "ago";
    ago.textContent = relative.format(-Math.floor(seconds / size), unit);
    if (seconds < RECENT) time.after(ago);
    else ago.remove();
  }
}

// A field that finds a country by any part of its name, in place of the list.
function findCountriesAsTyped(select) {
  const [all, ...options] = select.options;
  const codes = new Map(options.map((option) => [option.text.toLowerCase(), option.value]));
  const chosen = select.value && select.selectedOptions[0].text;
  const typed = document.createElement("input");
  const sent = document.createElement("input");
  Object.assign(sent, { type: "hidden", name: select.name, value: select.value });
  const list = document.createElement("datalist");
  list.id = "countries";
  for (const each of options) each.value = each.text; // a name is picked
  list.append(...options);
  const own = { id: select.id, placeholder: all.text, defaultValue: chosen };
  Object.assign(typed, own, { autocomplete: "off" });
  typed.setAttribute("list", list.id);
  typed.addEventListener("input", () => {
    const name = typed.value.trim().toLowerCase();
    sent.value = codes.get(name) ?? "";
    typed.setCustomValidity(name && !sent.value ? select.dataset.unknown : "");
  });
  select.replaceWith(typed, list, sent);
}

// New scores: the same page, asked for again if it has changed.
const rows = document.querySelector("#rows[data-live]");
const line = document.getElementById("live");
const news = document.createElement("p");
const pause = document.createElement("button");
let isPaused = false;
let failures = 0;
let tag = "";
let timer = 0;

const linesOf = (page) => new Map([...page.querySelectorAll("tbody tr")].map((row) => {
  const [place, name, , score] = [...row.cells].map((cell) => cell.textContent.trim());
  const when = row.querySelector("time").dateTime;
  return [row.querySelector("a").pathname, { row, place, name, score, when }];
}));

// A new period has begun, or a new release is here: the whole page is another.
const frameOf = (page) => page.title
  + [...page.querySelectorAll("script, link[rel=stylesheet]")].map((each) => each.src ?? each.href);

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function take(page) {
  const fresh = page.getElementById("rows");
  if (!fresh) throw new Error("no ranking");
  if (frameOf(page) !== frameOf(document)) {
    location.reload();
    return;
  }
  const before = linesOf(rows);
  const changed = [];
  for (const [player, each] of linesOf(fresh)) {
    const known = before.get(player);
    if (known?.score === each.score && known.when === each.when) continue;
    each.row.classList.add("changed");
    changed.push(each);
  }
  const focused = rows.contains(document.activeElement) && document.activeElement.href;
  rows.replaceChildren(...fresh.childNodes);
  tellTimes();
  const links = focused ? [...rows.querySelectorAll("a")] : [];
  links.find((link) => link.href === focused)?.focus({ preventScroll: true });
  tell(changed);
}

function tell(changed) {
  if (!line || !changed.length) return;
  const words = changed.slice(0, NAMED).map((each) => fill(line.dataset.row, each));
  if (changed.length > NAMED) words.push(fill(line.dataset.more, { n: changed.length - NAMED }));
  news.textContent = words.join(line.dataset.apart);
}

// Nothing moves under who fills in a form or marks text.
function isBusy() {
  const fields = [...document.querySelectorAll("main input")];
  return document.activeElement.closest("form")
    || fields.some((field) => field.value !== field.defaultValue)
    || !getSelection().isCollapsed;
}

const say = (word) => { news.textContent = line?.dataset[word] ?? ""; };

async function look() {
  if (!isBusy()) {
    try {
      const answer = await fetch(location, {
        cache: "no-store",
        headers: tag ? { "If-None-Match": tag } : {},
        signal: AbortSignal.timeout(10_000),
      });
      if (!answer.ok && answer.status !== 304) throw new Error(answer.statusText);
      if (answer.ok) {
        take(new DOMParser().parseFromString(await answer.text(), "text/html"));
        tag = answer.headers.get("ETag") ?? "";
      }
      if (failures > 1) say("back");
      failures = 0;
    } catch {
      failures += 1;
      if (failures === 2) say("away");
    }
  }
  plan();
}

function plan() {
  clearTimeout(timer);
  if (isPaused || document.hidden) return;
  const wait = Math.min(LONGEST, EVERY * 2 ** failures);
  timer = setTimeout(look, wait * (2 + 2 * Math.random()) / 3);
}

function live() {
  if (line) {
    news.setAttribute("role", "status");
    Object.assign(pause, { type: "button", textContent: line.dataset.pause });
    pause.addEventListener("click", () => {
      isPaused = !isPaused;
      pause.textContent = isPaused ? line.dataset.resume : line.dataset.pause;
      if (isPaused) plan();
      else look();
    });
    line.append(pause, news);
  }
  document.addEventListener("visibilitychange", plan);
  plan();
}

const countries = document.querySelector("select[data-unknown]");
if (countries) findCountriesAsTyped(countries);
tellTimes();
setInterval(tellTimes, 30_000);
if (rows) live();
