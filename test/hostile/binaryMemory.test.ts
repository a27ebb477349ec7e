import { getBinaryHelperFunctions } from 'n8n-core';
import { openBinary } from '../../core/destinations/binary/destination';
import { ContentMac } from '../../core/support/hashing/contentMac';
import { openBinaryStore } from '../../nodes/DomoWriteback/binaryStore';
import { additionalDataFor } from '../../sandbox/engine/additionalData';
import { type BinaryFolder, keepBinaryData } from '../../sandbox/engine/binaryData';
import { targetOf } from '../target';
import { expectWithinBounds, measure } from './bounds';

const MIB = 1024 * 1024;
const CHUNKS = 4096;
const CHUNK_BYTES = MIB / 4;

/** What is under way, and what V8 has not collected yet: not the pieces that were written, whose memory is used again. */
const PEAK_MIB = 60;

let kept: BinaryFolder;
beforeAll(async () => {
	kept = await keepBinaryData();
});
afterAll(async () => await kept?.close());

/** A GiB whose chunks share one memory, as those of an export may; `mac` sees what they held. */
async function* gibibyte(mac: ContentMac): AsyncGenerator<Buffer> {
	const chunk = Buffer.alloc(CHUNK_BYTES);
	for (let sent = 0; sent < CHUNKS; sent++) {
		chunk.fill(sent % 251);
		chunk.writeUInt32LE(sent);
		mac.update(chunk);
		yield chunk;
	}
}

test("a GiB goes through n8n's store on disk in little memory, and is what was sent", async () => {
	const store = openBinaryStore(
		getBinaryHelperFunctions(additionalDataFor({ credentialsHelper: Object.create(null) }), 'workflow'),
	);
	const destination = openBinary({ place: 'item', store });
	const measured = await measure(async () => {
		const sent = new ContentMac();
		const upload = await destination.openUpload(targetOf({ folder: 'data' }), new AbortController().signal);
		const held = await upload.write(gibibyte(sent));
		await upload.verify(sent);
		await upload.commit();
		return held;
	});
	expect(measured.outcome).toBe(1024 * MIB);
	expect(measured.peakMiB).toBeLessThan(PEAK_MIB);
	expectWithinBounds(measured);
	expect(await kept.files()).toHaveLength(1);
}, 120_000);
