import { ensureInstalled } from '../../sandbox/debian';
import { openSsh } from '../../sandbox/openssh';
import { installDuckDb } from './readers/duckDb';
import { readers } from './readers/software';

export default async function setUp(): Promise<void> {
	await ensureInstalled(openSsh, ...readers);
	await installDuckDb(console.error);
}
