import type { SandboxCredential } from '../sandbox';

/** The login of the page that examples/history.json shows: n8n refuses all other logins. */
export const PAGE_LOGIN = {
	id: 'historyPage',
	name: 'History page (sandbox)',
	type: 'httpBasicAuth',
	data: { user: 'reader', password: 'sandbox' },
} satisfies SandboxCredential;
