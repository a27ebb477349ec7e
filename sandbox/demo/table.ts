/** One writeback, as the demo shows it. */
export interface Row {
	readonly dataSet: string;
	readonly target: string;
	readonly rows: number;
	readonly bytes: number;
	readonly bytesPerSecond: number;
	/** As in the receipt; absent for a file that is not what was served. */
	readonly verifiedBy: string | undefined;
}

const megabytes = (bytes: number) =>
	(bytes / 1e6).toLocaleString('en-US', { maximumFractionDigits: bytes < 1e6 ? 3 : 1 });

/** Prints rows under aligned headings. */
export function printTable(rows: readonly Row[]): void {
	const cells = rows.map(({ dataSet, target, rows: count, bytes, bytesPerSecond, verifiedBy }) => [
		dataSet,
		target,
		count.toLocaleString('en-US'),
		megabytes(bytes),
		(bytesPerSecond / 1e6).toFixed(1),
		verifiedBy ?? 'NO',
	]);
	const lines = [['DataSet', 'Target', 'Rows', 'MB', 'MB/s', 'Verified by'], ...cells];
	const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
	console.log('');
	for (const [index, line] of lines.entries()) {
		const isNumber = (column: number) => column >= 2 && column <= 4;
		const padded = line.map((cell, at) =>
			isNumber(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
		);
		console.log(`  ${padded.join('   ')}`);
		if (index === 0) console.log(`  ${widths.map((width) => '─'.repeat(width)).join('   ')}`);
	}
}
