import type { SftpChannel } from '../../../../core/destinations/sftp/connection/sftpChannel';
import { checksum, type Sample } from '../../../../core/destinations/sftp/handles/blockSamples';
import { findDifference, sizeByReading } from '../../../../core/destinations/sftp/handles/readBack';
import { startSsh2Server } from '../../../../sandbox/ssh2Server';
import { string } from '../../../hostile/ssh/bytes';
import { answer, ANSWER, REQUEST, serveRaw, status } from '../../../hostile/ssh/rawSftp';
import { sessionTo } from './sessionTo';

const DATA = Buffer.from('any bytes');
const LIKE_IT: Sample = { offset: 0, bytes: DATA.length, checksum: checksum(DATA, 0, DATA.length) };
const UNLIKE_IT: Sample = { ...LIKE_IT, offset: 7, checksum: 0 };

/** Holds a file of a server that answers once it was asked for so many samples against all of them; also says how many requests were under way at most. */
async function compared(samples: readonly Sample[], answersFrom: number) {
	const held: Array<() => void> = [];
	let asked = 0;
	const server = await startSsh2Server({
		sftp: (channel) =>
			serveRaw(channel, ({ type, id }) => {
				if (type !== REQUEST.read) return status(id, 0);
				held.push(() => channel.write(string(answer(ANSWER.data, id, string(DATA)))));
				asked += 1;
				if (asked >= answersFrom) for (const send of held.splice(0)) send();
				return undefined;
			}),
	});
	const session = await sessionTo(server, 20_000);
	let underWay = 0;
	let most = 0;
	const request: SftpChannel['request'] = async (kind, send) => {
		underWay += 1;
		most = Math.max(most, underWay);
		try {
			return await session.request(kind, send);
		} finally {
			underWay -= 1;
		}
	};
	try {
		const difference = await findDifference(
			{ channel: { ...session, request }, handle: Buffer.from('handle') },
			samples,
		);
		return { difference, most };
	} finally {
		session.end();
		await server.close();
	}
}

const many = (sample: Sample) => Array.from({ length: 3000 }, () => sample);

test('of a server that answers at once, few samples are asked for at a time', async () => {
	const { difference, most } = await compared(many(LIKE_IT), 1);
	expect(difference).toBeUndefined();
	expect(most).toBeLessThan(1000);
});

test('of a server far away, all samples are asked for before it answers', async () => {
	expect(await compared(many(LIKE_IT), 3000)).toEqual({ difference: undefined, most: 3000 });
});

test('the last of many samples is compared, too', async () => {
	expect((await compared([...many(LIKE_IT), UNLIKE_IT], 1)).difference).toBe(7);
});

test('after a sample that is not like the file, no more are asked for', async () => {
	const { difference, most } = await compared(many(UNLIKE_IT), 1);
	expect(difference).toBe(7);
	expect(most).toBeLessThan(1000);
});

test.each([
	['as long as expected', 5, 5],
	['longer', 6, 6],
	['much longer', 9, 6],
	['shorter by a byte', 4, 4],
	['shorter', 1, 4],
	['empty', 0, 4],
])('a file whose size the server does not say, of which 5 bytes are expected, is %s', async (_, bytes, found) => {
	const file = Buffer.alloc(bytes, 'x');
	const server = await startSsh2Server({
		sftp: (channel) =>
			serveRaw(channel, ({ type, id, body }) => {
				const at = Number(body.readBigUInt64BE(4 + body.readUInt32BE()));
				const data = file.subarray(at, at + body.readUInt32BE(body.length - 4));
				return type === REQUEST.read && data.length > 0 ? answer(ANSWER.data, id, string(data)) : status(id, 1);
			}),
	});
	const session = await sessionTo(server, 5_000);
	try {
		expect(await sizeByReading({ channel: session, handle: Buffer.from('handle') }, 5)).toBe(found);
	} finally {
		session.end();
		await server.close();
	}
});
