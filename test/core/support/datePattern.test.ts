import { formatDate, readDateFormat } from '../../../core/support/datePattern';
import { faultOf } from '../format/rows';

const AT = new Date('2019-03-09T18:05:02.047Z');
const format = (pattern: string, timeZone = 'UTC', at = AT) => formatDate(readDateFormat(pattern, 'X'), at, timeZone);

test.each([
	['MMddyyyy_HHmmss', '03092019_180502'],
	['yyyy-MM-dd HH:mm:ss', '2019-03-09 18:05:02'],
	["yyyy-MM-dd'T'HH:mm:ss.SSSXXX", '2019-03-09T18:05:02.047Z'],
	['d/M/yy h:m:s a', '9/3/19 6:5:2 PM'],
	['hh a', '06 PM'],
	['EEE, dd MMM yyyy HH:mm:ss Z', 'Sat, 09 Mar 2019 18:05:02 +0000'],
	['E EE EEEE MMMM y', 'Sat Sat Saturday March 2019'],
	['S SS SSS', '0 04 047'],
	["HH 'o''clock' ''", "18 o'clock '"],
	['yyyy年MM月', '2019年03月'],
])('%s is written as Java and Unicode have it', (pattern, text) => {
	expect(format(pattern)).toBe(text);
});

test.each([
	['America/New_York', '13:05 -0500 -05:00 -05'],
	['Asia/Kolkata', '23:35 +0530 +05:30 +0530'],
	['Europe/Vienna', '19:05 +0100 +01:00 +01'],
])('a moment is written as clocks in %s show it', (timeZone, text) => {
	expect(format('HH:mm Z XXX X', timeZone)).toBe(text);
});

test('noon and midnight are twelve o’clock', () => {
	const hours = ['00', '12'].map((hour) => format('h a', 'UTC', new Date(`2019-03-09T${hour}:00:00Z`)));
	expect(hours).toEqual(['12 AM', '12 PM']);
});

test.each([
	['DD.MM.YYYY', '"DD" isn\'t part of a date or time'],
	['yyyy-MM-dd hh:nn', '"nn" isn\'t part of a date or time'],
	['yyyyy', '"yyyyy" isn\'t part of a date or time'],
	['yyyyT', '"T" isn\'t part of a date or time'],
	["yyyy 'year", 'a single quote is not closed'],
	[' ', 'it is empty'],
])('%s is refused and says why', async (pattern, what) => {
	expect(await faultOf(() => readDateFormat(pattern, 'Date Format'))).toMatchObject({
		reason: 'setting',
		message: `Date Format: ${what}`,
		hint: expect.stringContaining('yyyy-MM-dd HH:mm:ss'),
	});
});

test('a time zone that does not exist is refused', async () => {
	expect(await faultOf(() => format('yyyy', 'Europe/Wien'))).toMatchObject({
		reason: 'setting',
		message: 'Time Zone: there is no time zone "Europe/Wien"',
	});
});
