// Prints, as JSON, what Lighthouse says of addresses on this machine, one after another:
//
//   node judge.mjs CHROMIUM mobile,desktop ADDRESS...
//
// One Chromium serves them all, on an empty folder of its own. It ends with this script, at SIGINT too.
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
// Beside what chrome-launcher sets itself, which holds Chromium's own traces off those of Lighthouse.
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
// Chromium leaves the first event of a page out of a trace once in a while: Lighthouse says so.
const TRIES = 3;

const [chromePath, forms, ...addresses] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: FLAGS });
try {
  const judged = [];
  for (const address of addresses)
    for (const form of forms.split(",")) judged.push(told(await judge(address, form), form));
  console.log(JSON.stringify(judged));
} finally {
  chrome.kill();
}
// Lighthouse's own timers would keep this waiting for seconds more.
process.exit();

async function judge(address, form) {
  // The picture of the whole page illustrates a report, which nobody makes here.
  const flags = { port: chrome.port, onlyCategories: CATEGORIES, disableFullPageScreenshot: true };
  const config = form === "desktop" ? desktopConfig : undefined;
  for (let left = TRIES - 1; ; left--) {
    const { lhr } = await lighthouse(address, { ...flags, logLevel: "silent" }, config);
    if (!lhr.runtimeError) return lhr;
    console.error(`${address} on ${form}: ${lhr.runtimeError.message}`);
    if (!left) throw new Error("Lighthouse gives no verdict.");
  }
}

function told({ audits, categories, finalDisplayedUrl }, form) {
  const items = (id) => audits[id].details?.items ?? [];
  return {
    address: finalDisplayedUrl,
    form,
    scores: Object.fromEntries(Object.values(categories).map((each) => [each.id, points(each.score)])),
    missing: Object.values(categories).flatMap((category) => missing(category, audits)),
    shift: audits["cumulative-layout-shift"].numericValue,
    blocking: items("render-blocking-insight").map((each) => each.url),
    requests: items("network-requests").map((each) => ({
      kind: each.resourceType,
      address: each.url,
      bytes: each.transferSize,
    })),
  };
}

function missing(category, audits) {
  return category.auditRefs
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
    .map(({ id }) => ({
      category: category.id,
      audit: id,
      title: audits[id].title,
      score: audits[id].score,
      shown: audits[id].displayValue ?? audits[id].explanation ?? "",
    }));
}

function points(score) {
  return score === null ? null : Math.round(score * 100);
}
