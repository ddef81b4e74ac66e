import type { Upload, UploadCard } from '../../schema/api/ingest.ts';
import { partCount } from './part-size.ts';
import type { ListedUpload } from './queries/upload-list.ts';
import type { UploadRow } from './queries/uploads.ts';

const shared = (upload: UploadRow) => ({
  id: upload.id,
  episodeId: upload.episodeId,
  fileName: upload.fileName,
  bytes: upload.bytes,
  fingerprint: upload.fingerprint,
  state: upload.state,
  publishWhenReady: upload.publishWhenReady,
  track: upload.track,
  after: upload.after,
  partBytes: upload.partBytes,
  parts: partCount(upload.bytes, upload.partBytes),
  receivedParts: upload.receivedParts,
  checksum: upload.checksum,
  assetId: upload.assetId,
  jobId: upload.jobId,
  createdAt: upload.createdAt,
  expiresAt: upload.expiresAt,
});

export const uploadView = (upload: UploadRow, parts: readonly { number: number }[]): Upload => ({
  ...shared(upload),
  received: parts.map(({ number }) => number),
});

export const uploadCard = (upload: ListedUpload): UploadCard => ({
  ...shared(upload),
  titleId: upload.titleId,
  titleName: upload.titleName,
  season: upload.season,
  episode: upload.episode,
});
