/** A procedure that citizens of the city ask for; the codes are of the national catalogue. */
export interface CityProcedure {
  readonly code: string;
  readonly name: string;
  /** Working days until the appointment; 0 is the same day. */
  readonly days: number;
  /** Out of all dossiers, in parts. */
  readonly share: number;
  /** Of its dossiers, how many in a hundred come in online. */
  readonly online: number;
  /** A tax or a fee is due before the result. */
  readonly fee: boolean;
}

export const cityProcedures: readonly CityProcedure[] = [
  { code: "2.000815", name: "Chứng thực bản sao từ bản chính", days: 0, share: 44, online: 4, fee: false },
  { code: "2.000884", name: "Chứng thực chữ ký", days: 0, share: 10, online: 2, fee: false },
  { code: "2.000635", name: "Cấp bản sao trích lục hộ tịch", days: 0, share: 12, online: 45, fee: false },
  { code: "1.001193", name: "Đăng ký khai sinh", days: 0, share: 7, online: 55, fee: false },
  { code: "1.004873", name: "Cấp giấy xác nhận tình trạng hôn nhân", days: 3, share: 8, online: 40, fee: false },
  { code: "1.001612", name: "Đăng ký thành lập hộ kinh doanh", days: 3, share: 8, online: 70, fee: false },
  { code: "1.012753", name: "Đăng ký đất đai lần đầu", days: 20, share: 11, online: 10, fee: true },
];
