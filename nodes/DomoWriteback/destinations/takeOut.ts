/**
 * Takes an item out of a list; false when it is not there. For what is under way, thousands of times a second: a Set or a Map of V8 makes itself a
 * new table every now and then and links the old one to it, so that once one is old all later ones stay until a full collection, with all
 * they ever held.
 */
export function takeOut<T>(list: T[], item: T): boolean {
	const place = list.indexOf(item);
	if (place >= 0) list.splice(place, 1);
	return place >= 0;
}
