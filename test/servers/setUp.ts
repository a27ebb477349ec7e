import { ensureInstalled } from '../../sandbox/debian';
import { dropbear } from '../../sandbox/dropbear';
import { erlang } from '../../sandbox/erlang';
import { gesftpserver } from '../../sandbox/gesftpserver';
import { mySecureShell } from '../../sandbox/mySecureShell';
import { openSsh } from '../../sandbox/openssh';
import { proftpd } from '../../sandbox/proftpd';
import { rclone } from '../../sandbox/rclone';

export default async function setUp(): Promise<void> {
	await ensureInstalled(openSsh, proftpd, dropbear, rclone, erlang, gesftpserver, mySecureShell);
}
