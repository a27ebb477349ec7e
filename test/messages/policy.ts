/** What an administrator of n8n sets: private addresses are forbidden to workflows, but for this machine's own. */
export const POLICY = { N8N_SSRF_PROTECTION_ENABLED: 'true', N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32' };
