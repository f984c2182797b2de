// Runs executions of a state machine, whose tasks are answered by the process that started this.
//
// A line of the input is the definition and the inputs of executions, which run at the same time.
// Then each task is a line of the output, and its answer a line of the input. The last line of the
// output is how the executions ended.
'use strict';

const readline = require('node:readline');
const jsonpath = require('jsonpath-plus');

const query = jsonpath.JSONPath;

// What may point to several things, and points to none, is an empty list in Step Functions: there
// it is Jayway's JsonPath that reads it.
jsonpath.JSONPath = (options) => {
  const found = query(options);
  return found === undefined && /\.\.|\[\?|\*/.test(options.path) ? [] : found;
};

const { StateMachine } = require('aws-local-stepfunctions');

const waiting = new Map();
let calls = 0;

function send(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function ask(execution, state, input) {
  const id = (calls += 1);
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    send({ id, execution, state, input });
  });
}

function answer({ id, result, error }) {
  const { resolve, reject } = waiting.get(id);
  waiting.delete(id);
  if (error === undefined) {
    resolve(result);
  } else {
    reject(Object.assign(new Error(error), { name: error }));
  }
}

function* allStates(states) {
  for (const [name, state] of Object.entries(states)) {
    yield [name, state];
    if (state.Type === 'Map') {
      yield* allStates(state.ItemProcessor.States);
    }
  }
}

async function runOne(machine, states, execution, { input, context }) {
  const handlers = {};
  const waits = {};
  const retries = {};
  for (const [name, state] of states) {
    if (state.Type === 'Task') {
      handlers[name] = (given) => ask(execution, name, given);
      retries[name] = 0;
    } else if (state.Type === 'Wait') {
      waits[name] = 0;
    }
  }
  const run = machine.run(input, {
    context,
    overrides: {
      taskResourceLocalHandlers: handlers,
      waitTimeOverrides: waits,
      retryIntervalOverrides: retries,
    },
  });
  const entered = [];
  const logs = (async () => {
    for await (const event of run.eventLogs) {
      if (event.type.endsWith('StateEntered')) {
        entered.push(event.state.name);
      }
    }
  })();
  try {
    const output = await run.result;
    await logs;
    return { output, entered };
  } catch (error) {
    await logs;
    const failed = error.cause ?? error;
    return { error: failed.name, cause: failed.message, entered };
  }
}

async function runAll({ definition, executions }) {
  const machine = new StateMachine(definition);
  const states = [...allStates(definition.States)];
  const ended = executions.map((execution, index) => runOne(machine, states, index, execution));
  send({ ended: await Promise.all(ended) });
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line);
  if (message.definition === undefined) {
    answer(message);
    return;
  }
  runAll(message).catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  });
});
