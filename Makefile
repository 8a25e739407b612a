# Every command of the project. `make` alone lists them.

.DEFAULT_GOAL := help
# How many processes run tests: each has a browser, a site and a PostgreSQL server of its own.
WORKERS ?= 2
# What checks and formats scripts; setup/prepare.sh puts it there.
BIOME := .venv/bin/node .venv/scripts/node_modules/@biomejs/biome/bin/biome
TSC := .venv/bin/node .venv/scripts/node_modules/typescript/bin/tsc
SCRIPTS := --config-path setup/scripts --error-on-warnings overrides generator
# Compiled tests are kept, also where the machine says otherwise: every process of a run would compile them all again.
PYTEST = PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest
.PHONY: help site serve test test-thorough test-fast lint fix check check-all screens bench size questions soak lock sbom audit clean

help: ## Liệt kê các lệnh
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' Makefile | awk -F '|' '{printf "%-16s %s\n", $$1, $$2}'

site: ## Dựng trang web và mọi bản in vào site/
	@sh setup/prepare.sh
	.venv/bin/taphuan build

serve: ## Xem thử trên máy này, tự cập nhật khi sửa nội dung
	@sh setup/prepare.sh
	.venv/bin/taphuan serve

test: ## Chạy kiểm thử, hai việc một lúc; WORKERS=4 nếu máy có bốn nhân
	@sh setup/prepare.sh dev
	$(PYTEST) -n $(WORKERS) --dist worksteal --durations 20

test-thorough: ## Chạy những kiểm thử lâu mà make test bỏ qua: bộ nhớ, đầu vào ác ý, tắt ngang, axe trên từng trang
	@sh setup/prepare.sh dev
	$(PYTEST) -n $(WORKERS) --dist worksteal --durations 20 -m 'thorough and not soak'

test-fast: ## Chạy những kiểm thử nhanh: không trình duyệt, không PostgreSQL, không tiến trình riêng, không trang cán bộ hay gì khác mất chừng một giây
	@sh setup/prepare.sh dev
	$(PYTEST) -n $(WORKERS) --dist worksteal -m 'not soak and not thorough and not browser and not postgresql and not slow'

lint: ## Xét mã nguồn và nội dung, không chạy kiểm thử
	@sh setup/prepare.sh dev
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . || \
		{ echo 'lint: make fix chữa được phần lớn những chỗ trên'; exit 1; }
	@.venv/bin/mypy --strict -p taphuan >.cache/mypy.log; status=$$?; \
		sed 's|^\.venv/names/taphuan/|generator/|' .cache/mypy.log; exit $$status
	@.venv/bin/lint-imports || \
		{ echo 'lint: thứ tự import giữa các phần nằm ở pyproject.toml, mục tool.importlinter'; exit 1; }
	@$(BIOME) check $(SCRIPTS) || { echo 'lint: make fix chữa được phần lớn những chỗ trên'; exit 1; }
	@$(TSC) --project setup/scripts && $(TSC) --project setup/scripts/tsconfig.worker.json || \
		{ echo 'lint: kiểu trong tệp JavaScript ghi bằng chú thích JSDoc, như /** @type {HTMLElement} */'; exit 1; }
	.venv/bin/taphuan check

fix: ## Sửa trình bày và những lỗi mà công cụ tự chữa được
	@sh setup/prepare.sh dev
	.venv/bin/ruff check --fix --quiet . || :
	.venv/bin/ruff format .
	@$(BIOME) check --write $(SCRIPTS)

check: lint test ## Mọi thứ phải đạt trước khi nộp: lint và test

check-all: check test-thorough ## Như check, và những kiểm thử lâu; .ci/run chạy cả hai

screens: ## Chụp lại ảnh mẫu của từng loại trang; xem từng ảnh trước khi nộp
	@sh setup/prepare.sh dev
	TAPHUAN_SCREENS=renew $(PYTEST) -q tests/browser/test_screens.py

bench: ## Đo tốc độ
	@sh setup/prepare.sh dev
	.venv/bin/python -m bench

size: ## Đếm dòng mã theo từng phần việc, và những gì ngân sách giới hạn
	@sh setup/prepare.sh dev
	@.venv/bin/python -m bench.size

questions: ## Xem câu chữ của đề kiểm tra có để lộ đáp án không
	@sh setup/prepare.sh dev
	@.venv/bin/python -m bench.questions

soak: ## Kiểm thử chạy lâu
	@sh setup/prepare.sh dev
	$(PYTEST) -m soak

lock: ## Viết lại hai tệp khóa thư viện; UPGRADE=1 để lấy bản mới nhất
	@sh setup/prepare.sh
	sh setup/lock.sh $(if $(UPGRADE),upgrade)

sbom: ## Ghi dist/sbom.json: phần mềm gồm những thư viện nào, giấy phép nào
	@sh setup/prepare.sh dev
	@.venv/bin/python setup/sbom.py

audit: ## Hỏi các thư viện có lỗ hổng bảo mật đã công bố không (cần mạng)
	@sh setup/prepare.sh dev
	@.venv/bin/python setup/audit.py $(ARGS)

clean: ## Xóa những gì đã dựng ra, giữ .venv
	rm -rf site dist schema .cache build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
