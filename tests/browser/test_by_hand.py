"""What a person does with a keyboard, and without scripts."""

SIZE = "(() => { const r = document.activeElement.getBoundingClientRect(); return [r.width, r.height]; })()"


def test_the_first_tab_skips_to_the_content(site, page):
    page.goto(f"{site}/roles")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_search_by_keyboard_alone(site, page):
    page.goto(site)
    page.focus("#home-search")
    page.keyboard.type("youth worker")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=youth+worker")
    page.get_by_role("link", name="Youth worker", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/roles/IQF-R-000117")
    assert page.get_by_role("heading", level=1).inner_text() == "Youth worker"


def test_what_is_wrong_gets_the_focus(site, page):
    page.goto(f"{site}/compare?a=plywork&b=zzz")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert page.input_value("#a") == "plywork"


def test_nobody_loses_the_way_in_the_focus_order(site, page):
    """Every stop of the Tab key can be seen."""
    page.goto(f"{site}/qualifications/IQF-Q-000001")
    for _ in range(25):
        page.keyboard.press("Tab")
        box = page.evaluate(SIZE)
        assert min(box) > 0


def test_everything_works_without_scripts(site, bare):
    bare.goto(site)
    bare.fill("#home-search", "500/9170/0")
    bare.press("#home-search", "Enter")
    bare.wait_for_url("**/search?**")
    bare.locator(".thing-title").first.click()
    bare.wait_for_url("**/qualifications/IQF-Q-000001")
    bare.fill("#begun", "2011")
    bare.get_by_role("button", name="Ask").click()
    bare.wait_for_url("**?begun=2011")
    assert "Did it count when I began it in 2011?" in bare.content()


def test_filters_without_scripts(site, bare):
    bare.goto(f"{site}/qualifications")
    bare.select_option("#filter-level", "5")
    bare.get_by_role("button", name="Show").click()
    bare.wait_for_url("**level=5**")
    assert "of 180 qualifications" in bare.locator(".count").inner_text()


def test_the_check_without_scripts(site, bare):
    bare.goto(f"{site}/check")
    bare.fill("#held", "500/9170/0")
    bare.fill("#for", "childminder")
    bare.get_by_role("button", name="Check", exact=True).click()
    bare.wait_for_url("**/check?held=**")
    assert bare.locator(".verdict").first.inner_text().strip() == "Not met"
