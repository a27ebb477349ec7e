import { ensureInstalled } from '../sandbox/debian';
import { openSsh } from '../sandbox/openssh';

export default async function setUp(): Promise<void> {
	await ensureInstalled(openSsh);
}
