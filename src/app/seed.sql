-- What a database starts with: places, services, and in a demonstration offices.

-- name: seed_unit_add :exec
insert into unit (id, unit_code, level_no, parent_id, province_id, district_id, council_code, invented_flag,
                  valid_from_day, valid_to_day)
values (:id, :unit_code, :level_no, :parent_id, :province_id, :district_id, :council_code, :invented_flag,
        :valid_from_day, :valid_to_day);

-- name: seed_label_add :exec
insert into label (label_kind_code, id, lang_code, label_text, draft_flag)
values (:label_kind_code, :id, :lang_code, :label_text, :draft_flag);

-- name: seed_unit_group_add :exec
insert into unit_group (id, group_code, valid_from_day, valid_to_day)
values (:id, :group_code, :valid_from_day, :valid_to_day);

-- name: seed_unit_group_member_add :exec
insert into unit_group_member (group_id, unit_id, valid_from_day, valid_to_day)
values (:group_id, :unit_id, :valid_from_day, :valid_to_day);

-- name: seed_service_group_add :exec
insert into service_group (id, group_code, icon_code, sort_no) values (:id, :group_code, :icon_code, :sort_no);

-- name: seed_service_add :exec
insert into service (id, service_code, group_id, municipal_flag, application_flag, sensitivity_code,
                     body_kind_code, icon_code, sort_no, valid_from_day, valid_to_day)
values (:id, :service_code, :group_id, :municipal_flag, :application_flag, :sensitivity_code,
        :body_kind_code, :icon_code, :sort_no, :valid_from_day, :valid_to_day);

-- name: seed_term_add :exec
insert into service_term (id, service_id, unit_id, valid_from_day, valid_to_day, limit_days, basis_text, verify_flag,
                          helpline_text, fee_no)
values (:id, :service_id, :unit_id, :valid_from_day, :valid_to_day, :limit_days, :basis_text, :verify_flag,
        :helpline_text, :fee_no);

-- name: seed_document_add :exec
insert into document (id, document_code) values (:id, :document_code);

-- name: seed_service_document_add :exec
insert into service_document (service_id, document_id, sort_no, valid_from_day, valid_to_day)
values (:service_id, :document_id, :sort_no, :valid_from_day, :valid_to_day);
