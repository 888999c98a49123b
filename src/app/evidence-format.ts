/** `FORMAT.md` of an evidence archive: one page for somebody who has nothing but the archive. */
export const EVIDENCE_FORMAT = `# How to read and check this archive

This is the evidence of one access review: what was looked at, who decided what, what was taken away, and the proof.
Format \`leastwise/evidence-archive@1\`. All text is UTF-8, all moments are UTC, all hashes are SHA-256 in lower-case hex.

## What is in it

| File | Holds |
|---|---|
| \`manifest.json\` | every other file with its size and SHA-256, versions, and the head of the event chain |
| \`events.ndjson\` | everything that was put on record, one event per line, oldest first, each linked to the one before |
| \`campaign.json\` | the review: when, by whom, over which snapshot, and what was left out of it with the reason |
| \`population.json\`, \`population.csv\` | every item that had to be decided, with the facts its reviewer was shown |
| \`coverage.json\` | what could be read, in part or not at all, with the reason; and each step of the extraction |
| \`decisions.json\` | every answer, also those that a later one superseded |
| \`revocations.json\` | every change of the review, and those of automatic policies (without a campaign): the hash of what was there before, what a second reading saw, who held it up |
| \`imports.json\`, \`exports.json\` | the sheets that went out and the files that came back |
| \`snapshot.json\` | the snapshot: its tables, each with rows, size, SHA-256 and a digest over its rows |
| \`tie-out.json\` | the sums: population = decided + excepted + excluded; to be revoked = proven gone + open with an owner |
| \`blobs/\` | the tables of the snapshot (Parquet) and the uploaded files (CSV), named by their SHA-256 |

## How to check it

With the product: \`leastwise evidence verify <this archive>\`. It needs nothing else and no network.

By hand, with nothing of ours:

1. **Files.** Take the SHA-256 of every file and compare it with \`manifest.json\`. No file may be missing, none may be there
   that the manifest does not name. A blob's hash is also its name.
2. **Events.** For each line of \`events.ndjson\`, in order:
   - \`seq\` counts 1, 2, 3 … without a gap;
   - \`prev\` is the \`hash\` of the line before; on the first line it is 64 zeros;
   - \`payloadHash\` is the SHA-256 of the member \`payload\` in canonical JSON;
   - \`hash\` is the SHA-256 of the canonical JSON of the object made of exactly these members:
     \`actor, assurance, at, payloadHash, prev, seq, subject, type\`.

   Canonical JSON is RFC 8785: keys in order, no white space. With \`jq\` 1.6 or newer, for the first line:

       head -n 1 events.ndjson | jq -cjS .payload | sha256sum
       head -n 1 events.ndjson | jq -cjS 'del(.payload, .hash)' | sha256sum
3. **The seal.** The last event is \`evidence.exported\`. Its payload names the SHA-256 of every file of this archive but
   \`manifest.json\` and \`events.ndjson\`: whoever changes a record must also change the last event, and with it the head.
4. **The head.** Compare \`head\` in \`manifest.json\` (and the \`hash\` of the last event) with what was noted down outside: the
   terminal printed it, \`leastwise evidence pin\` writes it to a file. A pin of a later event than this archive's last one
   was made after it and says nothing about it; the hash of an earlier one must stand on the line of its \`seq\`. A chain by itself can be rewritten as a whole by
   whoever owns the machine; a head that was kept elsewhere cannot.
5. **The sums.** Count: every item of \`population.json\` that is decided has a decision with that outcome in
   \`decisions.json\`; what was left out stands in \`campaign.json\` with its reason; every item to be revoked has a change in
   \`revocations.json\` whose verification passed and was not simulated, or is open and has a reviewer who answers for it.
   \`tie-out.json\` holds the same sums.

## What it does not say

Who a person is stands only in the tables and blobs, never in the events: those hold ids, hashes and counts. \`assurance\` says
how sure the product was who acted: \`attested\` (the user of the operating system), \`authenticated\` (signed in), \`signed\`. A
verification marked \`simulated\` comes from a rehearsal and proves nothing about the provider.
`;
