// Validates and runs state machines, by asl-validator and aws-local-stepfunctions.
//
// Each line of the input is a request in JSON, and each of the output an answer. What a task does
// is asked for: the line after the question has its result or its error.
"use strict";
const readline = require("node:readline");
const { StateMachine } = require("aws-local-stepfunctions");
const validate = require("asl-validator");
const jsonata = require("jsonata");

const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const receive = async () => JSON.parse((await lines.next()).value ?? "null");
const send = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);

const ask = (state) => async (input) => {
  send({ task: state, input });
  const { output, error, cause } = await receive();
  if (error === undefined) return output;
  const thrown = new Error(cause);
  thrown.name = error;
  throw thrown;
};

const evaluate = (state) => async (input) => {
  const expression = state.Output.slice("{%".length, -"%}".length);
  const output = await jsonata(expression).evaluate({}, { states: { input } });
  return JSON.parse(JSON.stringify(output));
};

const run = async ({ definition, input, seconds }) => {
  const handlers = {};
  const states = {};
  const pauses = {};
  for (const [name, state] of Object.entries(definition.States)) {
    states[name] = state;
    pauses[name] = 0;
    if (state.Type === "Task") handlers[name] = ask(name);
    if (state.QueryLanguage === "JSONata") {
      // The engine knows JSONPath alone. The JSONata is evaluated by the package of its author.
      states[name] = { Type: "Task", Resource: "jsonata", Next: state.Next };
      handlers[name] = evaluate(state);
    }
  }
  const machine = new StateMachine(
    { ...definition, States: states },
    { validationOptions: { noValidate: true } },
  );
  const execution = machine.run(input, {
    overrides: { taskResourceLocalHandlers: handlers, retryIntervalOverrides: pauses },
  });
  const timer = setTimeout(() => execution.abort(), seconds * 1000);
  try {
    return { result: await execution.result };
  } catch (error) {
    return { error: error.name, cause: error.message };
  } finally {
    clearTimeout(timer);
  }
};

(async () => {
  for (let request = await receive(); request !== null; request = await receive()) {
    if (request.validate === undefined) send(await run(request));
    else send({ errors: validate(request.validate).errorsText("\n") });
  }
})();
