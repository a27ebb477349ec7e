// Azurite loads Application Insights even with --disableTelemetry: more than half of the processor time of its start.
const Module = require('node:module');
const load = Module._load;
Module._load = function (request, ...rest) {
	return request === 'applicationinsights' ? {} : load.call(this, request, ...rest);
};
