// Validates state machines, and runs executions whose tasks are answered by the process that
// started this one.
//
// Each line of the input is a request in JSON. The answer to { validate } is what is wrong with a
// definition. { definition, executions } runs executions at the same time: each task is a line of
// the output, and its answer a line of the input; the last line of the output says how the
// executions ended.
'use strict';

const readline = require('node:readline');
const validate = require('asl-validator');
const jsonata = require('jsonata');
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

function answer({ id, result, error, cause }) {
  const { resolve, reject } = waiting.get(id);
  waiting.delete(id);
  if (error === undefined) {
    resolve(result);
  } else {
    reject(Object.assign(new Error(cause ?? error), { name: error }));
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

// The engine knows JSONPath only. The package of JSONata's author evaluates a state in JSONata.
function evaluate(state) {
  const expression = state.Output.slice('{%'.length, -'%}'.length);
  return async (input) => {
    const output = await jsonata(expression).evaluate({}, { states: { input } });
    return JSON.parse(JSON.stringify(output));
  };
}

async function runOne(machine, states, execution, { input, context }) {
  const handlers = {};
  const waits = {};
  const retries = {};
  for (const [name, state] of states) {
    if (state.Type === 'Task') {
      handlers[name] = (given) => ask(execution, name, given);
      retries[name] = 0;
    } else if (state.QueryLanguage === 'JSONata') {
      handlers[name] = evaluate(state);
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
  const states = [...allStates(definition.States)];
  const forEngine = Object.fromEntries(
    Object.entries(definition.States).map(([name, state]) =>
      state.QueryLanguage === 'JSONata'
        ? [name, { Type: 'Task', Resource: 'jsonata', Next: state.Next }]
        : [name, state],
    ),
  );
  // The tests validate definitions as they are.
  const machine = new StateMachine(
    { ...definition, States: forEngine },
    { validationOptions: { noValidate: true } },
  );
  const ended = executions.map((execution, index) => runOne(machine, states, index, execution));
  send({ ended: await Promise.all(ended) });
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line);
  if (message.validate !== undefined) {
    send({ wrong: validate(message.validate).errorsText('\n') });
    return;
  }
  if (message.definition === undefined) {
    answer(message);
    return;
  }
  runAll(message).catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  });
});
