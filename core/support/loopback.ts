/** Whether a host, as `URL.hostname` has it, is this machine itself. */
export function isLoopback(hostname: string): boolean {
	const host = hostname.replace(/\.$/, '');
	if (host === 'localhost' || host.endsWith('.localhost')) return true;
	return /^(127(\.\d{1,3}){3}|\[::1\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])$/.test(host);
}

const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'npm_config_proxy', 'npm_config_http_proxy'];

/** Whether the environment names a proxy, which n8n and the Azure SDK then use for every host that NO_PROXY leaves out. */
export function hasProxy(environment: NodeJS.ProcessEnv = process.env): boolean {
	return PROXY_VARIABLES.some((name) => Boolean(environment[name] || environment[name.toLowerCase()]));
}
