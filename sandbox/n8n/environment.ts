import { dirname, delimiter } from 'node:path';
import type { InstalledN8n } from './install';

/** Everything that n8n would ask the internet for. */
const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
} as const;

/** Variables of the caller's that would change how n8n behaves: its own, and those of a test run. */
const FOREIGN = /^(N8N_|DB_|QUEUE_|EXECUTIONS_|NODE_ENV$|NODE_OPTIONS$|JEST_)/;

/** Where one n8n process keeps all it has, and where it waits for its task runners. */
interface Place {
	readonly userFolder: string;
	readonly brokerPort: number;
}

/** The environment of an n8n that keeps to its place, talks to no other host and logs what it does. */
export function n8nEnvironment(
	{ node, modulesOff }: InstalledN8n,
	{ userFolder, brokerPort }: Place,
	more: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv {
	const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
	return {
		...Object.fromEntries(own),
		PATH: [dirname(node), process.env.PATH].join(delimiter),
		...QUIET,
		N8N_DISABLED_MODULES: modulesOff.join(','),
		N8N_USER_FOLDER: userFolder,
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_LOG_LEVEL: 'info',
		...more,
	};
}
