import { createHash } from 'node:crypto';
import type { Nasty } from '../../sandbox/domo/edgeCases';
import type { Receipt, Skipped } from '../../core/transfer/receipt';
import { receiptOf } from '../nodes/DomoWriteback/bench';
import { expectTable } from './content';
import { type Places, placesFor } from './oracle/names';
import { type Chosen, chosenOf } from './oracle/chosen';
import { dataFor, tableOf } from './oracle/table';
import { unpacked } from './readers/unpack';
import { expectManifest } from './manifest';
import { expectSaid } from './said';
import type { Settings } from './settings';
import type { Spot } from './spot';
import type { Stage } from './stage';
import type { WrittenFile } from '../../core/transfer/writtenFile';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const IN_PLACE = "'Temporary Name' is None: the file was written in place, so readers may have seen part of it.";

/** A writeback that was made, and where everything of it should be. */
export interface Written {
	readonly receipt: Receipt;
	readonly places: Places;
	readonly data: Nasty;
	readonly chosen: Chosen;
}

/** Writes by these settings where nothing is yet, and expects everything to be as it should: files, their content, the receipt, nothing else. Undefined where nothing is to be written. */
export async function expectWritten(stage: Stage, spot: Spot, settings: Settings): Promise<Written | undefined> {
	const data = dataFor(settings.fileFormat);
	// Where folders are not to be made, they are there.
	const { createFolders, temporaryFolder } = settings.publishing;
	if (createFolders === false) await spot.makeFolder(placesFor(settings, data, new Date()).folder);
	if (createFolders === false && temporaryFolder !== undefined)
		await spot.makeLoginFolder(temporaryFolder.replace('<data_set_id>', data.dataSet.id));
	const outcome = await stage.write({ dataSet: data.dataSet, settings, spot });
	const chosen = chosenOf(data, settings.rows);
	if (isSkipped(settings, chosen)) return await expectSkipped(spot, receiptOf(outcome), data, chosen);
	const receipt = receiptOf(outcome) as unknown as Receipt;
	const places = placesFor(settings, data, new Date(receipt.startedAt));
	const { doneFile = 'none' } = settings.publishing;
	const files = receipt.files.map((_, index) => places.folder + places.file(index + 1));
	expect(await spot.paths()).toEqual([...files, ...(doneFile === 'none' ? [] : [places.folder + places.done])].sort());
	for (const path of files) await expectSaid(spot, path, settings, data, !chosen.isCutShort);
	const written = { receipt, places, data, chosen };
	await expectFiles(stage, spot, settings, written);
	await expectManifest(spot, settings, written);
	return written;
}

function isSkipped({ publishing }: Settings, { data }: Chosen): boolean {
	return publishing.ifNoRows === 'skip' && data.rows.length === 0;
}

/** Expects that nothing was written, as there are no rows. */
async function expectSkipped(spot: Spot, skipped: unknown, data: Nasty, { highest }: Chosen): Promise<undefined> {
	const expected: Partial<Skipped> = { skipped: 'noRows', rowsRead: data.rows.length, rowsExpected: data.rows.length };
	expect(skipped).toMatchObject(expected);
	expect(Object(skipped).highest).toEqual(highest);
	expect(await spot.paths()).toEqual([]);
}

async function expectFiles(stage: Stage, spot: Spot, settings: Settings, written: Written): Promise<void> {
	const { receipt, places, chosen } = written;
	const { fileFormat } = settings;
	const contents = await Promise.all(
		receipt.files.map(async (file, index) => {
			const path = places.folder + places.file(index + 1);
			const stored = await spot.read(path);
			expect(file).toMatchObject({ fileName: places.file(index + 1), bytes: stored.length, sha256: sha256(stored) });
			expect(decodeURIComponent(file.target)).toBe(decodeURIComponent(spot.addressOf(path)));
			return await contentOf(stage, stored, settings, file, places.entry(index + 1));
		}),
	);
	const rows = await expectTable(contents, tableOf(chosen.data, fileFormat), fileFormat);
	expect(receipt.files.map((file) => file.rows)).toEqual(rows);
	const { splitRows = Infinity, splitMegabytes = Infinity } = fileFormat;
	for (const count of rows) expect(count).toBeLessThanOrEqual(splitRows);
	// Parquet is written page by page, so a part only comes close.
	const close = fileFormat.format === 'parquet' ? 1.3 : 1;
	for (const content of contents) expect(content.length).toBeLessThanOrEqual(close * splitMegabytes * 1_000_000);
	const isWhole = chosen.read === undefined && fileFormat.columns !== 'only';
	if (splitMegabytes !== Infinity && isWhole) expect(contents.length).toBeGreaterThan(1);
	expectSums(written, spot, settings);
}

async function contentOf(stage: Stage, stored: Buffer, { fileFormat }: Settings, file: WrittenFile, entryName: string) {
	const { compression = 'none', pgpPublicKey: recipients = [], pgpArmor: armor = false } = fileFormat;
	const { content, entry } = await unpacked(stored, { compression, recipients, armor }, stage.keyring, stage.folder);
	const isWrapped = compression !== 'none' || recipients.length > 0;
	expect(entry).toBe(compression === 'zip' ? entryName : undefined);
	expect(file.contentBytes).toBe(isWrapped ? content.length : undefined);
	expect(file.contentSha256).toBe(isWrapped ? sha256(content) : undefined);
	return content;
}

function expectSums({ receipt, data, chosen }: Written, spot: Spot, { publishing }: Settings): void {
	const { dataSet, rows } = data;
	const [first] = receipt.files;
	const sum = receipt.files.reduce((total, { bytes }) => total + bytes, 0);
	expect(receipt).toMatchObject({
		dataSetId: dataSet.id,
		dataSetName: dataSet.name,
		target: first?.target,
		fileName: first?.fileName,
		bytes: sum,
		rows: chosen.data.rows.length,
		rowsExpected: rows.length,
		verification: chosen.isCutShort ? 'unverified' : 'verified',
		// Azure answers with the checksum of what it stored, unasked; a binary file is read back in any case.
		verifiedBy: publishing.verifyContent === true || spot.kind !== 'sftp' ? 'content' : 'sampled',
		tries: 1,
	});
	expect(receipt.sha256).toBe(receipt.files.length === 1 ? first?.sha256 : undefined);
	expect(receipt.rowsRead).toBe(chosen.read);
	expect(receipt.highest).toEqual(chosen.highest);
	expect(receipt.orphansRemoved).toBeUndefined();
	// Once, whatever the number of its parts.
	expect(receipt.notes).toEqual(publishing.temporaryName === 'none' ? [IN_PLACE] : undefined);
}
