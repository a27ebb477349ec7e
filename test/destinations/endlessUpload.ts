import { openSftp, type SftpFields } from '../../core/destinations/sftp/destination';
import { targetOf } from '../target';

/** A process that writes without end, to be killed: says `writing` once the server holds some of it. */
async function main(fields: SftpFields, fileName: string): Promise<void> {
	const destination = openSftp(fields);
	const upload = await destination.openUpload(targetOf({ fileName }), new AbortController().signal);
	await upload.write(endless());
}

async function* endless(): AsyncGenerator<Buffer> {
	for (let chunks = 0; ; chunks++) {
		yield Buffer.alloc(65_536, chunks);
		if (chunks === 200) process.stdout.write('writing\n');
	}
}

const [fields = '{}', fileName = ''] = process.argv.slice(2);
void main(JSON.parse(fields), fileName);
