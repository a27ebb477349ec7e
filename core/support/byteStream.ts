/** What is stored: its chunks are asked for one at a time, and each belongs to the asker until it asks for the next. */
export type ByteStream = AsyncIterable<Buffer>;

/** Does something to all the bytes of a file: compresses, encrypts. */
export type ByteTransform = (body: ByteStream) => ByteStream;
