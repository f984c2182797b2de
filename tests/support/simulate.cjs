// Reads simulations as JSON, and writes the result of each as JSON.
const fs = require("node:fs");
const { runSimulation } = require("@cloud-copilot/iam-simulate");

(async () => {
  const results = [];
  for (const simulation of JSON.parse(fs.readFileSync(0, "utf8"))) {
    results.push(await runSimulation(simulation, {}));
  }
  process.stdout.write(JSON.stringify(results));
})();
