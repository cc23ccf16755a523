// Prints what Mozilla's HTTP Observatory says of an address on this machine: HOST:PORT/PATH.
//
// Its list of preloaded hosts is fetched when it is installed with its scripts, which we don't run:
// no site on loopback is on that list, so an empty one says the same.
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const preloaded = fileURLToPath(
  new URL("node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json", import.meta.url),
);
if (!existsSync(preloaded)) writeFileSync(preloaded, "{}");

const { scan } = await import("@mdn/mdn-http-observatory");
const { scan: found, tests } = await scan(process.argv[2]);
const failed = Object.values(tests).filter((test) => !test.pass);
console.log(
  JSON.stringify({ grade: found.grade, score: found.score, failed: failed.map((test) => test.result) }),
);
