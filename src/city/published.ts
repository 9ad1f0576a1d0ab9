/**
 * What newspapers printed of Huế at 10:00 on 3 July 2025, as a CSV for `wardctl import --source press`: fixtures/press/hue-2025-07-03.csv,
 * which a test holds equal. What was not printed stays blank.
 */
export const publishedFigures = `unit,name,start,as_of,units,received,resolved
,Thành phố Huế,,03/07/2025 10:00,40,1283,382
19753,Phường Phú Xuân,,03/07/2025 10:00,,151,
19867,Xã Quảng Điền,,03/07/2025 10:00,,151,61
19804,xã Hương An,,03/07/2025 10:00,,,36
`;
