import pytest
from tests.browser.test_own_host_only import test_the_cms_keeps_to_itself as t
@pytest.mark.parametrize("n",range(4))
def test_cms(n,demo,open_context): t(demo,open_context)
