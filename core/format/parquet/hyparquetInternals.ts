/** The parts of hyparquet-writer that are used: it knows how pages, levels and the footer are laid out. Loaded once a file is Parquet; call it for every file. */
export async function loadHyparquetInternals() {
	const [{ ByteWriter, ParquetWriter }, { writePageHeader }, { writeRleBitPackedHybrid }] = await Promise.all([
		import('hyparquet-writer'),
		import('hyparquet-writer/src/datapage.js'),
		import('hyparquet-writer/src/encoding.js'),
	]);
	// Every page is put together in the same memory: a table of 1,500 columns has very many small ones.
	const scratch = { content: new ByteWriter(), header: new ByteWriter() };
	return { ByteWriter, ParquetWriter, writePageHeader, writeRleBitPackedHybrid, scratch };
}

export type HyparquetInternals = Awaited<ReturnType<typeof loadHyparquetInternals>>;
