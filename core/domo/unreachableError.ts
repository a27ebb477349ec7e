import { describeNetworkError, WritebackError } from '../support/errors';

/** No answer came from Domo. `fault` is what the HTTP client says; it is dropped, since it may hold the request and with it the login. */
export function unreachableError(fault: unknown): WritebackError {
	return new WritebackError('domoInterrupted', `Domo cannot be reached: ${describeNetworkError(fault)}`, {
		hint: "Check 'API Host' in the Domo credential (usually https://api.domo.com), and that firewalls and proxies let n8n reach it.",
	});
}
