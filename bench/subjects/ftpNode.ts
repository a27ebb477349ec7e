import type { Fixture } from '../fixtures/fixture';
import type { SftpServer } from '../fixtures/sftpServer';
import { npmPeer } from '../peerInstallers/npmPeer';
import type { CopyJob, CopyReport, FtpNodeJob } from '../runners/job';

/** Of ssh2-sftp-client: the one that n8n's FTP node brings. */
const SSH2_SFTP_CLIENT = '12.1.0';

/** What the nodes HTTP Request and FTP of n8n do, one after the other, for each download. */
export async function ftpNode(lab: Fixture, server: SftpServer, downloads: CopyJob['downloads']): Promise<number> {
	const { host, port, username, privateKey } = server;
	const job: FtpNodeJob = {
		downloads,
		authorization: await lab.domo.authorization(),
		peerFolder: await npmPeer('ssh2-sftp-client', SSH2_SFTP_CLIENT, lab.say),
		binaryFolder: await lab.newFolder('binary'),
		server: { host, port, username, privateKey },
	};
	const { stdout } = await lab.runner('runners/ftpNode', [], { input: JSON.stringify(job) });
	const report: CopyReport = JSON.parse(stdout);
	return report.wallMs;
}
