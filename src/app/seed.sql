-- What a demonstration starts with.

-- name: seed_unit_add :exec
insert into unit (id, unit_code, level_no, parent_id, province_id, district_id, valid_from_day, valid_to_day)
values (:id, :unit_code, :level_no, :parent_id, :province_id, :district_id, :valid_from_day, :valid_to_day);

-- name: seed_label_add :exec
insert into label (label_kind_code, id, lang_code, label_text, draft_flag)
values (:label_kind_code, :id, :lang_code, :label_text, :draft_flag);

-- name: seed_body_add :exec
insert into body (id, body_code, body_kind_code, unit_id, home, valid_from_day, valid_to_day)
values (:id, :body_code, :body_kind_code, :unit_id, :home, :valid_from_day, :valid_to_day);

-- name: seed_service_add :exec
insert into service (id, service_code, municipal_flag, sensitivity_code, icon_code, sort_no, valid_from_day,
                     valid_to_day)
values (:id, :service_code, :municipal_flag, :sensitivity_code, :icon_code, :sort_no, :valid_from_day, :valid_to_day);

-- name: seed_term_add :exec
insert into service_term (service_id, valid_from_day, valid_to_day, limit_days, basis_text, verify_flag)
values (:service_id, :valid_from_day, :valid_to_day, :limit_days, :basis_text, :verify_flag);

-- name: seed_service_body_add :exec
insert into service_body (service_id, unit_id, body_id, valid_from_day, valid_to_day)
values (:service_id, :unit_id, :body_id, :valid_from_day, :valid_to_day);
