import type { Words } from "../platform/words.ts";
import type { Figures, Metric } from "../records/figures.ts";

/**
 * flow: counted over a window · state: true at one instant. The difference decides what "since the last meeting" means: a flow is
 * counted again from that meeting on, a state is compared with what it was then.
 */
export interface MetricDefinition {
  readonly key: Metric;
  readonly title: Words;
  readonly nature: "flow" | "state";
  readonly read: (figures: Figures) => number;
}

/** Every column of the daily table (domain.md §6), in its order. */
export const metrics: readonly MetricDefinition[] = [
  { key: "carriedOver", title: { vi: "Kỳ trước chuyển sang", en: "Carried over" }, nature: "state", read: (f) => f.carriedOver },
  { key: "received.total", title: { vi: "Tiếp nhận", en: "Received" }, nature: "flow", read: (f) => f.received.total },
  {
    key: "received.online",
    title: { vi: "Tiếp nhận trực tuyến", en: "Received online" },
    nature: "flow",
    read: (f) => f.received.online,
  },
  {
    key: "received.direct",
    title: { vi: "Tiếp nhận trực tiếp", en: "Received at the desk" },
    nature: "flow",
    read: (f) => f.received.direct,
  },
  {
    key: "received.post",
    title: { vi: "Tiếp nhận qua bưu chính", en: "Received by post" },
    nature: "flow",
    read: (f) => f.received.post,
  },
  { key: "reopened", title: { vi: "Mở lại", en: "Reopened" }, nature: "flow", read: (f) => f.reopened },
  { key: "resolved.total", title: { vi: "Đã giải quyết", en: "Resolved" }, nature: "flow", read: (f) => f.resolved.total },
  {
    key: "resolved.early",
    title: { vi: "Giải quyết trước hạn", en: "Resolved early" },
    nature: "flow",
    read: (f) => f.resolved.early,
  },
  {
    key: "resolved.onTime",
    title: { vi: "Giải quyết đúng hạn", en: "Resolved on time" },
    nature: "flow",
    read: (f) => f.resolved.onTime,
  },
  {
    key: "resolved.late",
    title: { vi: "Giải quyết quá hạn", en: "Resolved late" },
    nature: "flow",
    read: (f) => f.resolved.late,
  },
  {
    key: "inProgress.total",
    title: { vi: "Đang giải quyết", en: "In progress" },
    nature: "state",
    read: (f) => f.inProgress.total,
  },
  {
    key: "inProgress.within",
    title: { vi: "Đang giải quyết, còn hạn", en: "In progress, within time" },
    nature: "state",
    read: (f) => f.inProgress.within,
  },
  {
    key: "inProgress.overdue",
    title: { vi: "Đang giải quyết, quá hạn", en: "In progress, overdue" },
    nature: "state",
    read: (f) => f.inProgress.overdue,
  },
  { key: "paused.total", title: { vi: "Tạm dừng", en: "Paused" }, nature: "state", read: (f) => f.paused.total },
  {
    key: "paused.supplement",
    title: { vi: "Tạm dừng, chờ bổ sung giấy tờ", en: "Paused for papers" },
    nature: "state",
    read: (f) => f.paused.supplement,
  },
  {
    key: "paused.fee",
    title: { vi: "Tạm dừng, chờ nghĩa vụ tài chính", en: "Paused for a fee or tax" },
    nature: "state",
    read: (f) => f.paused.fee,
  },
  { key: "paused.stopped", title: { vi: "Dừng xử lý", en: "Stopped" }, nature: "state", read: (f) => f.paused.stopped },
  {
    key: "paused.overdue",
    title: { vi: "Tạm dừng khi đã quá hạn", en: "Paused when overdue" },
    nature: "state",
    read: (f) => f.paused.overdue,
  },
  { key: "returned.total", title: { vi: "Trả lại, rút", en: "Returned" }, nature: "flow", read: (f) => f.returned.total },
  {
    key: "returned.withdrawn",
    title: { vi: "Công dân rút hồ sơ", en: "Withdrawn" },
    nature: "flow",
    read: (f) => f.returned.withdrawn,
  },
  {
    key: "returned.rejectedInBase",
    title: { vi: "Từ chối sau tiếp nhận", en: "Rejected after acceptance" },
    nature: "flow",
    read: (f) => f.returned.rejectedInBase,
  },
  {
    key: "pendingIntake",
    title: { vi: "Chờ tiếp nhận", en: "Waiting for intake" },
    nature: "state",
    read: (f) => f.pendingIntake,
  },
  {
    key: "refusedAtIntake",
    title: { vi: "Không tiếp nhận", en: "Refused at intake" },
    nature: "flow",
    read: (f) => f.refusedAtIntake,
  },
  {
    key: "resultHandedOver",
    title: { vi: "Đã trả kết quả cho dân", en: "Result handed over" },
    nature: "flow",
    read: (f) => f.resultHandedOver,
  },
];

/** Metrics that only a source states, and the rates it publishes. */
const statedOnly: Readonly<Record<string, Words>> = {
  base: { vi: "Kỳ trước chuyển sang và tiếp nhận trong kỳ", en: "Carried over and received" },
  visitors: { vi: "Lượt người đến", en: "Visitors" },
  units: { vi: "Số đơn vị", en: "Units" },
  "rate.online": { vi: "Tỷ lệ trực tuyến", en: "Online rate" },
  "rate.resolution": { vi: "Tỷ lệ giải quyết", en: "Resolution rate" },
  "rate.onTimeResolved": { vi: "Tỷ lệ đúng hạn", en: "On-time rate" },
  "rate.onTimeDue": { vi: "Tỷ lệ đúng hạn trên số đến hạn", en: "On-time rate of those due" },
  "rate.stated": { vi: "Tỷ lệ không rõ định nghĩa", en: "Rate without a definition" },
};

const byKey = new Map(metrics.map((metric) => [metric.key, metric]));

export function findMetric(key: Metric): MetricDefinition | undefined {
  return byKey.get(key);
}

/** The metric's name for people; a name nobody told us about stays as the source wrote it. */
export function toMetricTitle(key: Metric): Words {
  return byKey.get(key)?.title ?? (Object.hasOwn(statedOnly, key) ? (statedOnly[key] as Words) : { vi: key, en: key });
}
