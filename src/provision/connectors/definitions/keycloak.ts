/**
 * Keycloak's Admin REST API. Written from its public documentation and issues and tried against a fake, not against a Keycloak: 201 with Location and no
 * body; 409 for another user's e-mail too; /users and never partialImport (#52310, #36408); PUT replaces, hence whole records; list and count agree, both
 * without service accounts, as long as neither is filtered (#22719).
 */
export const keycloakDefinition = `about: Keycloak Admin REST. url is the server (https://dangnhap.example.vn); the service account needs manage-users.
auth:
  kind: oauth2
  tokenUrl: /realms/\${var.realm}/protocol/openid-connect/token
  clientId: \${var.client}
  clientSecret: \${secret.client}
answers:
  message: /errorMessage
list:
  get: /admin/realms/\${var.realm}/users?first=\${offset}&max=\${limit}&briefRepresentation=false
  paging: offset
  limit: 100
  count: { get: "/admin/realms/\${var.realm}/users/count" }
find:
  id: { get: "/admin/realms/\${var.realm}/users/\${id}" }
  username: { get: "/admin/realms/\${var.realm}/users?username=\${username}&exact=true&briefRepresentation=false" }
# The realm's user profile must declare the attributes below, else Keycloak drops them without a word.
correlation: { strong: /attributes/staffId/0, weak: /username }
account:
  id: /id
  active: { pointer: /enabled, absent: off }
  attributes:
    displayName: /attributes/displayName/0
    givenName: /firstName
    title: /attributes/title/0
    userType: /attributes/staffClass/0
    unit: /attributes/unit/0
    department: /attributes/department/0
    email: /email
    phone: /attributes/phone/0
create:
  post: /admin/realms/\${var.realm}/users
  json:
    username: \${username}
    enabled: \${active}
    firstName: \${givenName}
    email: \${email}
    attributes:
      staffId: ["\${externalId}"]
      displayName: ["\${displayName}"]
      title: ["\${title}"]
      staffClass: ["\${userType}"]
      unit: ["\${unit}"]
      department: ["\${department}"]
      phone: ["\${phone}"]
    credentials:
      - { type: password, value: "\${password}", temporary: true }
  success: [{ status: 201 }]
  conflict: [{ status: 409 }]
  id: [{ header: Location, lastSegment: true }]
update:
  put: /admin/realms/\${var.realm}/users/\${id}
setPassword:
  put: /admin/realms/\${var.realm}/users/\${id}/reset-password
  json: { type: password, value: "\${password}", temporary: true }
# The mail goes out by the realm's own SMTP settings; it is 400 for an account without e-mail, 500 when the mail server does not take it.
sendLink:
  put: /admin/realms/\${var.realm}/users/\${id}/execute-actions-email?lifespan=\${lifespan}
  json: [UPDATE_PASSWORD]
# An access token that was given out is good until it runs out, minutes as a rule; no further one is given.
endSessions:
  post: /admin/realms/\${var.realm}/users/\${id}/logout
# Realm roles, and groups of the top level. A role that another role brings is not held of itself.
roles:
  list:
    { get: "/admin/realms/\${var.realm}/roles?first=\${offset}&max=\${limit}", paging: offset, id: /id, name: /name }
  holders:
    { get: "/admin/realms/\${var.realm}/roles/\${name}/users?first=\${offset}&max=\${limit}", paging: offset, account: /id }
  of: { get: "/admin/realms/\${var.realm}/users/\${id}/role-mappings/realm", membership: /id }
  add:
    post: /admin/realms/\${var.realm}/users/\${id}/role-mappings/realm
    json: [{ id: "\${membership}", name: "\${name}" }]
  remove:
    delete: /admin/realms/\${var.realm}/users/\${id}/role-mappings/realm
    json: [{ id: "\${membership}", name: "\${name}" }]
groups:
  list:
    { get: "/admin/realms/\${var.realm}/groups?first=\${offset}&max=\${limit}", paging: offset, id: /id, name: /name }
  holders:
    { get: "/admin/realms/\${var.realm}/groups/\${membership}/members?first=\${offset}&max=\${limit}", paging: offset, account: /id }
  of: { get: "/admin/realms/\${var.realm}/users/\${id}/groups", membership: /id }
  add: { put: "/admin/realms/\${var.realm}/users/\${id}/groups/\${membership}" }
  remove: { delete: "/admin/realms/\${var.realm}/users/\${id}/groups/\${membership}" }
  create: { post: "/admin/realms/\${var.realm}/groups", json: { name: "\${name}" }, success: [{ status: 201 }] }
limits: { concurrency: 8 }
`;
