import { startSsh2Server } from '../../../../sandbox/ssh2Server';
import { string } from '../../../hostile/ssh/bytes';
import { answer, ANSWER, REQUEST, serveRaw, status } from '../../../hostile/ssh/rawSftp';
import { sessionTo } from './sessionTo';

/** What becomes of a second OPEN of two at once, whose answer comes behind the CLOSE of the first one's handle. */
async function secondOf(first: string, second: string): Promise<string> {
	const asked: number[] = [];
	const server = await startSsh2Server({
		sftp: (channel) =>
			serveRaw(channel, ({ type, id }) => {
				if (type === REQUEST.open && asked.push(id) === 1) return answer(ANSWER.handle, id, string(first));
				if (type !== REQUEST.close) return undefined;
				channel.write(string(answer(ANSWER.handle, asked[1] ?? 0, string(second))));
				return status(id, 0);
			}),
	});
	const session = await sessionTo(server, 5_000);
	try {
		const [one, other] = ['a', 'b'].map(
			async (name) => await session.open((sftp, opened) => sftp.open(name, 'wx', opened)),
		);
		await session.close((await one) ?? Buffer.alloc(0)).catch(() => undefined);
		return String(await other);
	} finally {
		session.end();
		await server.close();
	}
}

test('a handle that was open while the OPEN was on its way is no new one, though it was closed by then', async () => {
	await expect(secondOf('0', '0')).rejects.toThrow('used one file handle for two open files');
});

test('another handle is', async () => {
	expect(await secondOf('0', '1')).toBe('1');
});
