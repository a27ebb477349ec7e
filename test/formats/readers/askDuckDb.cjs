/**
 * Asks DuckDB about files and prints its answer as JSON: `parquet <file> …`, `csv <file> <null text>`, `auto <file>` for a CSV of which
 * nothing is said, or `where <file>` for a JSON list of CSVs and conditions.
 * DuckDB is found by NODE_PATH.
 */
const { readFileSync } = require('node:fs');
const { DuckDBInstance } = require('@duckdb/node-api');

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
const rowsOf = async (connection, sql) => (await connection.runAndReadAll(sql)).getRowsJson();

/** Text that loses nothing: time stamps as microseconds, text in hex because its driver drops a mark of byte order, all else as DuckDB writes it. */
const exact = (type, name) => {
	if (/^TIMESTAMP/.test(type)) return `epoch_us(${name})::VARCHAR`;
	return type === 'VARCHAR' ? `hex(${name})` : `${name}::VARCHAR`;
};
const plain = (value, type) => (type === 'VARCHAR' && value !== null ? Buffer.from(value, 'hex').toString() : value);

async function parquet(connection, path) {
	const file = quoted(path);
	const schema = await rowsOf(connection, `SELECT name FROM parquet_schema(${file}) OFFSET 1`);
	const seen = await rowsOf(connection, `DESCRIBE SELECT * FROM read_parquet(${file})`);
	const codecs = await rowsOf(connection, `SELECT DISTINCT compression FROM parquet_metadata(${file})`);
	// Positions, because DuckDB renames columns that differ by case only.
	const names = seen.map((_, index) => `c${index}`);
	const types = seen.map(([, type]) => type);
	const values = names.map((name, index) => exact(types[index], name)).join(', ');
	const rows = await rowsOf(connection, `SELECT ${values} FROM read_parquet(${file}) AS t(${names.join(', ')})`);
	const columns = schema.map(([name], index) => ({ name, type: types[index] }));
	const exactRows = rows.map((row) => row.map((value, index) => plain(value, types[index])));
	return { columns, rows: exactRows, codecs: codecs.map(([codec]) => codec) };
}

async function csv(connection, path, nullText) {
	const options = `header = false, skip = 1, all_varchar = true, allow_quoted_nulls = false, nullstr = ${quoted(nullText)}, quote = '"', escape = '"', delim = ',', strict_mode = true`;
	return await rowsOf(connection, `SELECT * FROM read_csv(${quoted(path)}, ${options})`);
}

/** The first cell of each row that meets `where`; nothing and `\\N` without quotes are null. */
async function chosen(connection, { path, columns, where }) {
	const types = columns.map((name) => `${quoted(name)}: 'VARCHAR'`).join(', ');
	const nulls = `allow_quoted_nulls = false, nullstr = ['', '\\N']`;
	const options = `columns = {${types}}, auto_detect = false, header = true, parallel = false, ${nulls}, quote = '"', escape = '"', delim = ',', strict_mode = true`;
	const sql = `SELECT ${columns[0]} FROM read_csv(${quoted(path)}, ${options}) WHERE ${where}`;
	return (await rowsOf(connection, sql)).map(([cell]) => cell);
}

async function main([what, ...args]) {
	const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
	await connection.run("SET TimeZone = 'UTC'");
	if (what === 'auto') return await rowsOf(connection, `SELECT * FROM read_csv(${quoted(args[0])})`);
	if (what === 'csv') return await csv(connection, ...args);
	if (what === 'where') {
		const answers = [];
		for (const job of JSON.parse(readFileSync(args[0], 'utf8'))) answers.push(await chosen(connection, job));
		return answers;
	}
	const files = [];
	for (const path of args) files.push(await parquet(connection, path));
	return files;
}

main(process.argv.slice(2)).then(
	(answer) => process.stdout.write(JSON.stringify(answer)),
	(fault) => {
		console.error(fault);
		process.exitCode = 1;
	},
);
