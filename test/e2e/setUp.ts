import { ensureInstalled } from '../../sandbox/debian';
import { installN8n } from '../../sandbox/n8n/install';
import { openSsh } from '../../sandbox/openssh';
import { postgres } from '../../sandbox/postgres';
import { redis } from '../../sandbox/redis';
import { ensureChromium } from './editor/browser';
import { pack } from './pack';

/** Before the suites run side by side: none of them may install while another does. */
export default async function setUp(): Promise<void> {
	await ensureInstalled(openSsh, redis, postgres());
	await ensureChromium();
	await installN8n((what) => console.log(what));
	await pack();
}
