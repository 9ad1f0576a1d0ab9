/**
 * The shape that many Vietnamese document systems share: keys in Vietnamese, every answer 200 with \`ma\` (0 is done), a session by cookie, no field for the
 * staff id. A start to copy: systems differ in addresses and names.
 */
export const vendorDocsDefinition = `about: Vietnamese-style document system. Copy it to a file and mend addresses and keys.
auth:
  kind: cookie
  login:
    post: /api/dang-nhap
    json: { tenDangNhap: "\${secret.user}", matKhau: "\${secret.pass}" }
    success: [{ status: 200, pointer: /ma, equals: 0 }]
  # After the session has run out it answers with its login page, status 200.
  expiredWhen: [{ status: 401 }, { contentType: text/html }]
answers:
  ok: [{ status: 200, pointer: /ma, equals: 0 }]
  missing: [{ status: 404 }, { pointer: /thongBao, contains: không tìm thấy }]
  refused: [{ pointer: /ma, equals: 1 }]
  message: /thongBao
list:
  get: /api/nguoi-dung?viTri=\${offset}&soLuong=\${limit}
  items: /duLieu/danhSach
  total: /duLieu/tongSo
  paging: offset
  limit: 100
find:
  id: { get: "/api/nguoi-dung/\${id}", item: /duLieu }
  username: { get: "/api/nguoi-dung?tenDangNhap=\${username}", items: /duLieu/danhSach, total: /duLieu/tongSo }
# No field for the staff id: only wardctl's own records say whose account it is. Where there is one: strong: /maNV, and maNV in create.
correlation: { strong: null, weak: /tenDangNhap }
account:
  id: /id
  active: { pointer: /trangThai, on: 1, off: 0 }
  attributes:
    displayName: /hoTen
    title: /chucVu
    unit: /maDonVi
    department: /phongBan
    email: /email
    phone: /dienThoai
create:
  post: /api/nguoi-dung
  json:
    tenDangNhap: \${username}
    hoTen: \${displayName}
    chucVu: \${title}
    maDonVi: \${unit}
    phongBan: \${department}
    email: \${email}
    dienThoai: \${phone}
    trangThai: \${active}
    matKhau: \${password}
  # Looked at before success: it tells of a duplicate with status 200.
  conflict: [{ status: 409 }, { pointer: /thongBao, contains: đã tồn tại }]
  id: [{ pointer: /duLieu/id }, { find: username }]
update:
  put: /api/nguoi-dung/\${id}
# Roles stand in the account's own record, by number; without add and remove the record is updated.
roles:
  list: { get: "/api/vai-tro?viTri=\${offset}&soLuong=\${limit}", items: /duLieu/danhSach, total: /duLieu/tongSo, paging: offset, id: /id, name: /ten }
  held: { pointer: /vaiTro }
groups:
  list: { get: "/api/nhom?viTri=\${offset}&soLuong=\${limit}", items: /duLieu/danhSach, total: /duLieu/tongSo, paging: offset, id: /id, name: /ten }
  holders:
    get: /api/nhom/\${membership}/thanh-vien?viTri=\${offset}&soLuong=\${limit}
    items: /duLieu/danhSach
    total: /duLieu/tongSo
    paging: offset
    account: /id
  add: { post: "/api/nhom/\${membership}/thanh-vien", json: { nguoiDung: "\${id}" } }
  remove: { post: "/api/nhom/\${membership}/go-thanh-vien", json: { nguoiDung: "\${id}" } }
  create: { post: /api/nhom, json: { ten: "\${name}" } }
limits: { concurrency: 4 }
`;
