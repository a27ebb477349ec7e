import { ensureInstalled } from '../../sandbox/debian';
import { dropbear } from '../../sandbox/dropbear';
import { openSsh } from '../../sandbox/openssh';
import { proftpd } from '../../sandbox/proftpd';

export default async function setUp(): Promise<void> {
	await ensureInstalled(openSsh, proftpd, dropbear);
}
